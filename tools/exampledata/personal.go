package main

import "fmt"

// invention is a number in the form of an ИИН that is nobody's: born on
// 1 January 2000, with a century digit that the register never gives to a
// citizen, and a check digit that is right, so that the door's rule is tried.
func invention(code string) string {
	for serial := dice(code).IntN(100); ; serial++ {
		body := fmt.Sprintf("0001010%04d", serial)
		if check, ok := checkDigit(body); ok {
			return body + string(rune('0'+check))
		}
	}
}

// checkDigit is the twelfth digit by the public rule: weights 1 to 11, and
// when the remainder is 10 once more with 3 to 11, 1, 2; a second 10 means
// that the number is never given out.
func checkDigit(body string) (int, bool) {
	for _, shift := range []int{0, 2} {
		sum := 0
		for i, d := range body {
			sum += int(d-'0') * ((i+shift)%11 + 1)
		}
		if sum%11 < 10 {
			return sum % 11, true
		}
	}
	return 0, false
}
