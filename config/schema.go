package config

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schemas are the JSON Schemas of the YAML files of an instance, by file
// name, for editors. They are written from the types that read the files, so
// the two cannot disagree; the folder schema holds them as files.
func Schemas() map[string][]byte {
	out := map[string][]byte{}
	for name, t := range map[string]reflect.Type{
		"instance.schema.json":      reflect.TypeFor[instanceFile](),
		"measures.schema.json":      reflect.TypeFor[measuresFile](),
		"indicators.schema.json":    reflect.TypeFor[indicatorsFile](),
		"policy_events.schema.json": reflect.TypeFor[policyFile](),
		"source.schema.json":        reflect.TypeFor[sourceFile](),
		"statements.schema.json":    reflect.TypeFor[statementsFile](),
		"requests.schema.json":      reflect.TypeFor[requestsFile](),
		"commitments.schema.json":   reflect.TypeFor[commitmentsFile](),
		"guide.schema.json":         reflect.TypeFor[guideFile](),
		"decisions.schema.json":     reflect.TypeFor[decisionsFile](),
		"corrections.schema.json":   reflect.TypeFor[correctionsFile](),
	} {
		s := schemaOf(t, false)
		s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		s["title"] = strings.TrimSuffix(name, ".schema.json")
		if t == reflect.TypeFor[sourceFile]() { // its own files, or a form whose places are known
			s["anyOf"] = []any{map[string]any{"required": []string{"kind", "table"}}, map[string]any{"required": []string{"form"}}}
		}
		data, _ := json.MarshalIndent(s, "", "  ") // maps of plain values: cannot fail
		out[name] = append(data, '\n')
	}
	return out
}

// schemaOf describes one type. Entries of lists need only their id, since an
// instance may change single keys of what the catalogue declares.
func schemaOf(t reflect.Type, entry bool) map[string]any {
	switch t {
	case textType:
		return map[string]any{
			"type": "object", "additionalProperties": false, "minProperties": 1,
			"patternProperties": map[string]any{"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": map[string]any{"type": "string"}},
		}
	case dateType:
		return map[string]any{"type": "string", "format": "date"}
	case nodeType:
		return connectionSchema()
	case plainType:
		return map[string]any{"type": "object"}
	case periodType:
		return map[string]any{"type": []string{"string", "integer"}}
	case inputType:
		return map[string]any{"anyOf": []any{map[string]any{"type": "string"}, schemaOf(reflect.TypeFor[inputFile](), false)}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), entry)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), true)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"}}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Struct:
		properties := map[string]any{}
		var required []string
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Tag.Get("yaml") == "-" {
				continue
			}
			p := schemaOf(f.Type, false)
			if doc := f.Tag.Get("doc"); doc != "" {
				p["description"] = doc
			}
			if enum := f.Tag.Get("enum"); enum != "" {
				p["enum"] = strings.Split(enum, "|")
			}
			name := f.Tag.Get("yaml")
			properties[name] = p
			if f.Tag.Get("need") == "yes" && (!entry || name == "id") {
				required = append(required, name)
			}
		}
		s := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
		if required != nil {
			s["required"] = required
		}
		return s
	}
	return map[string]any{"type": "string"}
}
