package gate

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
)

// security is of the gate's own pages; what stands behind it sets its own.
const security = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// setSecurity sets what every answer carries. The policy of the Referer is not "no-referrer",
// by which a browser would leave the Origin out of a form's post, and with it the proof that
// it comes from here.
func setSecurity(h http.Header) {
	h.Set("Content-Security-Policy", security)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// refuse says in a sentence why something is not answered: as a problem (RFC 9457) to the
// API, else as text.
func refuse(w http.ResponseWriter, r *http.Request, status int, said string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		http.Error(w, said, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": said})
}

func isSame(a, b Digest) bool { return subtle.ConstantTimeCompare(a[:], b[:]) == 1 }
