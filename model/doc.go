// Package model holds the words of Tereze as Go types: areas, periods,
// measures, observations, values, problems. It computes nothing that needs
// data and imports nothing of this module, so that every stage can speak
// the same language.
package model
