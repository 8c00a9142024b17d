// Package personal recognises what speaks of a single person and must not
// pass the door: personal numbers, names with birth dates, phones, addresses.
package personal

import "strings"

// Number reports whether the text is an individual identification number
// (ИИН): twelve digits that begin with a date and end in a check digit that
// fits them.
func Number(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) != 12 {
		return false
	}
	for i := 0; i < 12; i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	month, day := two(s[2:]), two(s[4:])
	if month < 1 || month > 12 || day < 1 || day > 31 || s[6] > '6' {
		return false
	}
	return s[11] == check(s)
}

// Inside reports whether a personal number stands anywhere in the text, with
// no digit on either side.
func Inside(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j-i == 12 && Number(s[i:j]) {
			return true
		}
		i = j
	}
	return false
}

// Shortened reports whether the number is an ИИН that a workbook kept as a
// number and so without its leading zeros: people born from 2000 on.
func Shortened(s string) bool {
	return len(s) >= 9 && len(s) < 12 && Number(strings.Repeat("0", 12-len(s))+s)
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// check is the check digit: weights 1 to 11 over the digits modulo 11; if
// that is 10, once more with the weights shifted by two; 10 again is no
// valid number, for which ':' comes back.
func check(s string) byte {
	for shift := 0; shift <= 2; shift += 2 {
		sum := 0
		for i := 0; i < 11; i++ {
			sum += int(s[i]-'0') * ((i+shift)%11 + 1)
		}
		if r := sum % 11; r < 10 {
			return byte('0' + r)
		}
	}
	return ':'
}
