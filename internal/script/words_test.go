package script

import (
	"strings"
	"testing"
)

func TestIsInAnother(t *testing.T) {
	const (
		dutch   = "De Hoofdstraat is van maandag tot en met vrijdag afgesloten voor het verkeer, omdat er aan de riolering wordt gewerkt in de straat"
		english = "The main street is closed to all traffic from Monday to Friday for the repair of a water pipe, and the buses will stop at the station"
		malay   = "Jalan utama akan ditutup dari Isnin sampai Jumaat untuk kerja pada saluran air yang rosak dan orang ramai diminta untuk tidak ke sana"
		names   = "Kerem Aktürkoğlu Barış Alper Yılmaz Hakan Çalhanoğlu Ferdi Kadıoğlu Orkun Kökçü Arda Güler Kenan Yıldız Merih Demiral Mert Günok Uğurcan Çakır Altay Bayındır"
	)
	for _, test := range []struct {
		says, text, said string
		want             bool
	}{
		{"Dutch as English", dutch, "en", true},
		{"Dutch as Dutch", dutch, "nl", false},
		{"English as Dutch", english, "nl", true},
		{"English as English", english, "en", false},
		{"a headline", "De Hoofdstraat is van maandag tot en met vrijdag dicht", "en", false},
		{"half of each", dutch + ". " + english, "en", false},
		{"a language of which no words are known", malay, "ms", false},
		{"names", names, "en", false},
		{"nothing", "", "en", false},
	} {
		if got := IsInAnother(test.text, test.said); got != test.want {
			t.Errorf("%s: %v, want %v", test.says, got, test.want)
		}
	}
}

// BenchmarkIsInAnother measures what it costs to ask of a text that says what is true.
func BenchmarkIsInAnother(b *testing.B) {
	text := strings.Repeat("The main street is closed to all traffic from Monday to Friday. ", 6)
	for b.Loop() {
		IsInAnother(text, "en")
	}
}
