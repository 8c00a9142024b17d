// Package words turns message keys, numbers, dates, periods and names into
// the text of a language, from words files alone.
package words
