// Package dashboard builds the static site of one instance: the protected
// values come in through a query interface, pages, figures and downloads go
// out as files. It knows no database and reads nothing private.
package dashboard
