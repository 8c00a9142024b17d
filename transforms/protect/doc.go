// Package protect decides which counts of people must not be shown: the small
// ones, and those from which a small one could be worked out.
package protect
