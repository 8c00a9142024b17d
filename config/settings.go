package config

import (
	"fmt"
	"strings"

	"github.com/spf13/viper"

	"tereze/model"
)

// Settings override what instance.yaml says; empty fields do not. CAFile is
// of the machine and never in an instance.
type Settings struct {
	Today   model.Date
	BaseURL string
	CAFile  string // PEM file of further certificate authorities
}

// ReadSettings takes the settings today, base-url and ca-file from flags
// (empty = not given) over the environment (TEREZE_TODAY, TEREZE_BASE_URL,
// TEREZE_CA_FILE). What neither gives, instance.yaml decides, and after it
// the defaults.
func ReadSettings(flags map[string]string) (Settings, error) {
	v := viper.New()
	v.SetEnvPrefix("TEREZE")
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	v.AutomaticEnv()
	for name, value := range flags {
		if value != "" {
			v.Set(name, value)
		}
	}
	set := Settings{BaseURL: v.GetString("base-url"), CAFile: v.GetString("ca-file")}
	if s := v.GetString("today"); s != "" {
		d, err := model.ParseDate(s)
		if err != nil {
			return set, fmt.Errorf("setting today (--today or TEREZE_TODAY): %w", err)
		}
		set.Today = d
	}
	return set, nil
}
