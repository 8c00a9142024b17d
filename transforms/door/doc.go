// Package door reads the raw texts of each value cell into area, period,
// measure and number, or into the code of a refusal.
package door
