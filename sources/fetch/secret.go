package fetch

import "os"

// Secret reads a secret from an environment variable, the only place where
// secrets are kept. env is for tests; nil reads the real environment.
func Secret(env func(string) string, name string) (string, error) {
	if env == nil {
		env = os.Getenv
	}
	if value := env(name); value != "" {
		return value, nil
	}
	return "", &Error{Code: MissingSecret, Text: "the environment variable " + name + " is not set", Hint: "set it to the source's key; keys are never written into files"}
}
