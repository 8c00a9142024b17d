package pipeline

import (
	"errors"
	"fmt"
)

// The exit codes of the command line; on 2 to 5 the old site is untouched.
const (
	ExitInternal   = 1 // something broke that should not
	ExitUsage      = 2 // wrong usage or configuration
	ExitChecks     = 3 // the data checks refuse to publish
	ExitDisclosure = 4 // the disclosure or leak scan refuses to publish
	ExitBusy       = 5 // another build holds the store
)

// Failure is an error that knows the exit code it means.
type Failure struct {
	Code int
	Err  error
}

func (f *Failure) Error() string { return f.Err.Error() }
func (f *Failure) Unwrap() error { return f.Err }

func fail(code int, format string, args ...any) error {
	return &Failure{code, fmt.Errorf(format, args...)}
}

// ExitCode is the process exit code for an error: 0 for nil, that of the
// Failure in its chain, else ExitInternal.
func ExitCode(err error) int {
	if err == nil {
		return 0
	}
	var f *Failure
	if errors.As(err, &f) {
		return f.Code
	}
	return ExitInternal
}
