// Command exampledata writes the invented example region: its instance
// folder with the half-year reports of its akimats, and the ground truth
// that tests hold the pipeline against. The same plan gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "config/ulgi", "folder of the instance to write")
	truth := flag.String("truth", "tools/exampledata/testdata", "folder of the ground truth to write")
	flag.Parse()
	ex, err := generate()
	if err != nil {
		log.Fatal(err)
	}
	if err := write(*out, ex.instance); err != nil {
		log.Fatal(err)
	}
	if err := write(*truth, ex.truth); err != nil {
		log.Fatal(err)
	}
	for _, a := range ex.accounting {
		fmt.Println(a)
	}
}

// file is one output with its slash-separated path below the target folder.
type file struct {
	path  string
	bytes []byte
}

// example is everything the generator makes.
type example struct {
	reports    []report
	world      world
	plan       plan
	instance   []file
	truth      []file
	accounting []account
}

// generate builds all of it in memory, so that a test can compare it.
func generate() (example, error) {
	p, err := readPlan()
	if err != nil {
		return example{}, err
	}
	w := invent(p.land)
	reports, err := compile(p, w)
	if err != nil {
		return example{}, err
	}
	ex := example{reports: reports, world: w, plan: p, accounting: accounts(p, reports)}
	if ex.instance, err = p.staticFiles(); err != nil {
		return example{}, err
	}
	sources, err := sourceFiles(p)
	if err != nil {
		return example{}, err
	}
	if p.instance, err = instanceOf(append(append([]file{}, ex.instance...), sources...)); err != nil {
		return example{}, err
	}
	data, err := deliveries(p, reports)
	if err != nil {
		return example{}, err
	}
	ex.instance = append(append(ex.instance, sources...), data...)
	ex.truth = truthFiles(p, w, reports, ex.accounting)
	return ex, nil
}

func write(dir string, files []file) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.bytes, 0o644); err != nil {
			return err
		}
	}
	return nil
}
