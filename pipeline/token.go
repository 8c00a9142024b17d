package pipeline

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"tereze/config"
	"tereze/model"
)

// conceal gives the snapshots of reports a token in place of their hash. Who
// knows a form, and every count in it but a few small ones, could try these
// out until the hash is right: a plain hash would undo the wall. What its
// owner has published has nothing to hide and keeps the hash, by which
// everybody can check it.
func (r *run) conceal() error {
	for i := range r.deliveries {
		d := &r.deliveries[i]
		if d.Source.Nature == model.Published {
			continue
		}
		var err error
		if d.Snapshot.Token, err = tokenOf(r.options.Store, r.inst, d.Snapshot.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// tokenOf names a text by the key of the store: the same text has the same
// token there and tells nobody else anything. An instance without reports
// needs no key, and the token is empty.
func tokenOf(store string, inst *config.Instance, text string) (string, error) {
	if !slices.ContainsFunc(inst.Sources, func(s config.Source) bool { return s.Nature != model.Published }) {
		return "", nil
	}
	key, err := tokenKey(store, inst)
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// keyBytes is the length of the key, that of the hash.
const keyBytes = sha256.Size

// tokenKey is the secret of this store, made with the first report. An
// example has nobody to protect; its key follows from its name, so that its
// files are the same on every machine.
func tokenKey(store string, inst *config.Instance) ([]byte, error) {
	if inst.Example {
		sum := sha256.Sum256([]byte("example " + inst.ID))
		return sum[:], nil
	}
	path := filepath.Join(store, inst.ID, "token.key")
	raw, err := os.ReadFile(path)
	if err == nil {
		if key, err := hex.DecodeString(string(raw)); err == nil && len(key) == keyBytes {
			return key, nil
		}
		return nil, fmt.Errorf("%s: not a key; expected %d hexadecimal digits; restore it, or remove it: snapshots of reports then get other tokens", path, 2*keyBytes)
	}
	if !os.IsNotExist(err) {
		return nil, err
	}
	key := make([]byte, keyBytes)
	rand.Read(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return key, writeFileAtomic(path, []byte(hex.EncodeToString(key)), 0o600)
}
