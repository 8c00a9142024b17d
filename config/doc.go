// Package config reads an instance folder and checks it: what comes out is a
// complete Instance, or every problem with its file, line and key.
package config
