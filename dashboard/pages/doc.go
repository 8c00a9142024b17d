// Package pages turns the public values and the words of an instance into
// finished HTML pages: each page decides everything, its template only
// places it.
package pages
