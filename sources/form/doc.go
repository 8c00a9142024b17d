// Package form writes the workbook that an office fills in, a line per
// measure with checks that work in the office's own spreadsheet, such that a
// filled one says itself what it is.
package form
