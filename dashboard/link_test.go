package dashboard_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"tereze/dashboard"
)

// Were a page linked although it differs, readers would see an old number;
// were nothing linked, every release would cost a whole site of disk.
func TestOnlyTheSameBytesAreLinkedFromTheStandingSite(t *testing.T) {
	before, db := site(t, false)
	const same, spoilt = "kk/methods/index.html", "ru/methods/index.html"
	want, err := os.ReadFile(filepath.Join(before, spoilt))
	if err != nil {
		t.Fatal(err)
	}
	other := append([]byte{}, want...)
	other[len(other)/2] ^= 1 // the same length, another byte
	if err := os.WriteFile(filepath.Join(before, spoilt), other, 0o644); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	in := dashboard.Input{Instance: instance(t), DB: db, Release: 3, Out: out, Before: before,
		Counterpart: &dashboard.Counterpart{Root: "example/", Areas: map[string]bool{}, Indicators: map[string]bool{"birth_rate": true}}}
	if _, err := dashboard.Build(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(out, spoilt)); err != nil || string(got) != string(want) {
		t.Errorf("%s was taken over from a standing site that says something else (%v)", spoilt, err)
	}
	if !sameFile(t, filepath.Join(before, same), filepath.Join(out, same)) {
		t.Errorf("%s was written anew although nothing in it changed", same)
	}
	if sameFile(t, filepath.Join(before, spoilt), filepath.Join(out, spoilt)) {
		t.Errorf("%s is one file in two releases that differ", spoilt)
	}
}

func sameFile(t *testing.T, a, b string) bool {
	t.Helper()
	one, err := os.Stat(a)
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.Stat(b)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(one, two)
}
