package egov

import (
	"encoding/json"

	"tereze/model"
	"tereze/sources/fetch"
)

// Field is one column as the portal describes it.
type Field struct {
	Type  string // Int, String, Datetime, Boolean
	Label model.Text
}

// Meta is the portal's description of a data set.
type Meta struct {
	Fields   map[string]Field // by column
	Modified string           // when the set was changed last, as written; may be empty
}

// ParseMeta reads the field map. A set without fields is an error: without
// them a change of the columns could not be seen.
func ParseMeta(body []byte) (Meta, error) {
	var raw struct {
		Fields map[string]struct {
			Type    string `json:"type"`
			LabelKk string `json:"labelKk"`
			LabelRu string `json:"labelRu"`
			LabelEn string `json:"labelEn"`
		} `json:"fields"`
		Modified json.RawMessage `json:"modifiedDate"` // a text or a number, by set
	}
	if err := json.Unmarshal(fetch.TrimBOM(body), &raw); err != nil || len(raw.Fields) == 0 {
		return Meta{}, fetch.Fault("", fetch.WrongFormat, "describes no fields; expected an object with fields")
	}
	modified, _ := cell(raw.Modified)
	m := Meta{Fields: map[string]Field{}, Modified: modified}
	for column, f := range raw.Fields {
		label := model.Text{}
		for language, text := range map[string]string{"kk": f.LabelKk, "ru": f.LabelRu, "en": f.LabelEn} {
			if text != "" {
				label[language] = text
			}
		}
		m.Fields[column] = Field{Type: f.Type, Label: label}
	}
	return m, nil
}
