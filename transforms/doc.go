// Package transforms turns the records of all deliveries into protected
// values: the door, the SQL models, protection, and the files of a release.
package transforms
