package export

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// signedBy checks Signature Version 4 as S3 does, from the description at
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html alone.
// Its result is the code of S3's error; "" is for what is signed with one of the keys.
func signedBy(secrets map[string]string, region string, now func() time.Time) func(*http.Request, []byte) string {
	return func(r *http.Request, body []byte) string {
		fields, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
		if !ok {
			return "AccessDenied"
		}
		said := map[string]string{}
		for field := range strings.SplitSeq(fields, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
			said[name] = value
		}
		key, scope, _ := strings.Cut(said["Credential"], "/")
		secret, ok := secrets[key]
		if !ok {
			return "InvalidAccessKeyId"
		}
		at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		if err != nil || scope != at.Format("20060102")+"/"+region+"/s3/aws4_request" {
			return "AuthorizationHeaderMalformed"
		}
		if d := now().Sub(at); d > 15*time.Minute || d < -15*time.Minute {
			return "RequestTimeTooSkewed"
		}
		if r.Header.Get("X-Amz-Content-Sha256") != hexSum(body) {
			return "XAmzContentSHA256Mismatch"
		}
		signed := strings.Split(said["SignedHeaders"], ";")
		for name := range r.Header {
			name = strings.ToLower(name)
			if must := strings.HasPrefix(name, "x-amz-") || strings.HasPrefix(name, "content-") && name != "content-length"; must && !slices.Contains(signed, name) {
				return "AccessDenied" // "There were headers present in the request which were not signed"
			}
		}
		if !slices.Contains(signed, "host") || !slices.IsSorted(signed) {
			return "AuthorizationHeaderMalformed"
		}
		raw, query, _ := strings.Cut(r.RequestURI, "?")
		path, err := url.PathUnescape(raw)
		if err != nil {
			return "InvalidURI"
		}
		canonical := r.Method + "\n" + uriEncode(path) + "\n" + query + "\n"
		for _, name := range signed {
			value := strings.Join(r.Header.Values(name), ",")
			switch name {
			case "host":
				value = r.Host
			case "content-length":
				value = fmt.Sprint(r.ContentLength)
			}
			canonical += name + ":" + strings.TrimSpace(value) + "\n"
		}
		canonical += "\n" + said["SignedHeaders"] + "\n" + r.Header.Get("X-Amz-Content-Sha256")
		toSign := "AWS4-HMAC-SHA256\n" + at.Format("20060102T150405Z") + "\n" + scope + "\n" + hexSum([]byte(canonical))
		by := []byte("AWS4" + secret)
		for part := range strings.SplitSeq(scope, "/") {
			by = authenticate(by, part)
		}
		if hex.EncodeToString(authenticate(by, toSign)) != said["Signature"] {
			return "SignatureDoesNotMatch"
		}
		return ""
	}
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func authenticate(key []byte, data string) []byte {
	h := hmac.New(sha256.New, key)
	_, _ = io.WriteString(h, data)
	return h.Sum(nil)
}

// uriEncode is the UriEncode of the description, with slashes left alone.
func uriEncode(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// TestSignaturesAreAmazons proves, by the examples of the description, that what the
// tests check signatures with is right.
func TestSignaturesAreAmazons(t *testing.T) {
	const key, secret = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	at := func() time.Time { return time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC) }
	for _, example := range []struct {
		name, method, path, body string
		header                   http.Header
		signed, signature        string
	}{
		{"GET Object", "GET", "/test.txt", "", http.Header{"Range": {"bytes=0-9"}},
			"host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
		{"PUT Object", "PUT", "/test%24file.text", "Welcome to Amazon S3.",
			http.Header{"Date": {"Fri, 24 May 2013 00:00:00 GMT"}, "X-Amz-Storage-Class": {"REDUCED_REDUNDANCY"}},
			"date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
	} {
		t.Run(example.name, func(t *testing.T) {
			r := httptest.NewRequest(example.method, "https://examplebucket.s3.amazonaws.com"+example.path, nil)
			r.Header, r.RequestURI = example.header, example.path
			r.Header.Set("X-Amz-Content-Sha256", hexSum([]byte(example.body)))
			r.Header.Set("X-Amz-Date", "20130524T000000Z")
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20130524/us-east-1/s3/aws4_request,SignedHeaders="+
				example.signed+",Signature="+example.signature)
			if code := signedBy(map[string]string{key: secret}, "us-east-1", at)(r, []byte(example.body)); code != "" {
				t.Errorf("the check says %s", code)
			}
			r.Header.Set("X-Amz-Date", "20130524T000001Z")
			if code := signedBy(map[string]string{key: secret}, "us-east-1", at)(r, []byte(example.body)); code != "SignatureDoesNotMatch" {
				t.Errorf("of another second, the check says %q", code)
			}
		})
	}
}

// noAWS takes away whatever of Amazon's the machine is set up with.
func noAWS(t *testing.T) {
	t.Helper()
	for _, setting := range os.Environ() {
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	t.Setenv("AWS_CONFIG_FILE", nowhere)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", nowhere)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

// TestWhereABucketIs proves that a bucket is looked for where Amazon's own client does.
func TestWhereABucketIs(t *testing.T) {
	for _, test := range []struct {
		target      string
		environment string // NAME=VALUE
		profile     string
		want        string // an address, or a part of the error
	}{
		{target: "s3://news?region=eu-west-1", want: "https://news.s3.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=us-east-1", want: "https://news.s3.us-east-1.amazonaws.com"},
		{target: "s3://news", environment: "AWS_REGION=eu-west-1", want: "https://news.s3.eu-west-1.amazonaws.com"},
		{target: "s3://news?profile=city", profile: "region = ap-northeast-1", want: "https://news.s3.ap-northeast-1.amazonaws.com"},
		{target: "s3://news?region=cn-north-1", want: "https://news.s3.cn-north-1.amazonaws.com.cn"},
		{target: "s3://news?region=us-isob-east-1", want: "https://news.s3.us-isob-east-1.sc2s.sgov.gov"},
		{target: "s3://news?region=eusc-de-east-1", want: "https://news.s3.eusc-de-east-1.amazonaws.eu"},
		{target: "s3://news", environment: "AWS_DEFAULT_REGION=eu-west-1", want: "https://news.s3.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=eu-west-1&disable_https=true", want: "http://news.s3.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=eu-west-1&use_path_style=true", want: "https://s3.eu-west-1.amazonaws.com/news"},
		{target: "s3://news?region=eu-west-1&s3ForcePathStyle=true", want: "https://s3.eu-west-1.amazonaws.com/news"},
		{target: "s3://news.city?region=eu-west-1", want: "https://s3.eu-west-1.amazonaws.com/news.city"},
		{target: "s3://my_news?region=eu-west-1", want: "https://s3.eu-west-1.amazonaws.com/my_news"},
		{target: "s3://ne?region=eu-west-1", want: "no bucket of such a name"},
		{target: "s3://news?region=eu-west-1&dualstack=true", want: "https://news.s3.dualstack.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=eu-west-1", environment: "AWS_USE_DUALSTACK_ENDPOINT=true", want: "https://news.s3.dualstack.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=us-east-1&fips=true&dualstack=true", want: "https://news.s3-fips.dualstack.us-east-1.amazonaws.com"},
		{target: "s3://news?region=us-east-1", environment: "AWS_USE_FIPS_ENDPOINT=true", want: "https://news.s3-fips.us-east-1.amazonaws.com"},
		{target: "s3://news?region=eu-west-1&accelerate=true", want: "https://news.s3-accelerate.amazonaws.com"},
		{target: "s3://news?region=eu-west-1&accelerate=true&dualstack=true", want: "https://news.s3-accelerate.dualstack.amazonaws.com"},
		{target: "s3://news?region=auto&endpoint=https://example.org:9000/", want: "https://news.example.org:9000"},
		{target: "s3://news?region=auto&endpoint=https://example.org:9000&use_path_style=true", want: "https://example.org:9000/news"},
		{target: "s3://news?endpoint=https://storage.googleapis.com", want: "https://news.storage.googleapis.com"},
		{target: "s3://news?endpoint=https://account.r2.cloudflarestorage.com&use_path_style=true", want: "https://account.r2.cloudflarestorage.com/news"},
		{target: "s3://news?endpoint=https://example.org/base", want: "the endpoint https://example.org has a path"},
		{target: "s3://news?region=auto&endpoint=https://example.org&hostname_immutable=true", want: "https://example.org/news"},
		{target: "s3://news?region=auto&endpoint=http://192.0.2.1:9000", want: "http://192.0.2.1:9000/news"},
		{target: "s3://news?region=auto&endpoint=http://[2001:db8::1]:9000", want: "http://[2001:db8::1]:9000/news"},
		{target: "s3://news?region=auto", environment: "AWS_ENDPOINT_URL=https://example.org", want: "https://news.example.org"},
		{target: "s3://news?region=auto", environment: "AWS_ENDPOINT_URL_S3=http://192.0.2.4:9000", want: "http://192.0.2.4:9000/news"},
		{target: "s3://news?region=auto&profile=city", profile: "endpoint_url = https://example.org", want: "https://news.example.org"},
		{target: "s3://news?region=auto&profile=city", profile: "services = own\n[services own]\ns3 =\n  endpoint_url = https://example.org", want: "https://news.example.org"},
		{target: "s3://news?region=eu-west-1&profile=city", profile: "endpoint_url = https://example.org\nignore_configured_endpoint_urls = true", want: "https://news.s3.eu-west-1.amazonaws.com"},
		{target: "s3://news?region=eu_west", want: `the region "eu_west" is none`},
		{target: "s3://news--use1-az4--x-s3?region=us-east-1", want: "use a general purpose bucket"},
		{target: "s3://news?region=eu-west-1&accelerate=true&use_path_style=true", want: "accelerate goes with no"},
		{target: "s3://news.city?region=eu-west-1&accelerate=true", want: "can't be accelerated"},
		{target: "s3://news?profile=nobody", want: "nobody"},
	} {
		t.Run(test.target+" "+test.environment+test.profile, func(t *testing.T) {
			noAWS(t)
			t.Setenv("AWS_ACCESS_KEY_ID", "AKID")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
			if name, value, ok := strings.Cut(test.environment, "="); ok {
				t.Setenv(name, value)
			}
			if test.profile != "" {
				file := filepath.Join(t.TempDir(), "config")
				if err := os.WriteFile(file, []byte("[profile city]\naws_access_key_id = AKID\naws_secret_access_key = secret\n"+test.profile+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				t.Setenv("AWS_CONFIG_FILE", file)
			}
			target, err := Open(test.target)
			if err != nil {
				if !strings.Contains(err.Error(), test.want) {
					t.Error(err)
				}
				return
			}
			b := target.(*bucket)
			u, err := b.client.PresignedGetObject(t.Context(), b.name, "it", time.Hour, nil)
			if err != nil {
				t.Fatal(err)
			}
			if u.RawQuery = ""; u.String() != test.want+"/it" {
				t.Errorf("it is at %s, not at %s", u, test.want)
			}
		})
	}
}

// TestWhoseKeysAreTaken proves that a request is signed with the keys that Amazon's own
// client would take, wherever they come from.
func TestWhoseKeysAreTaken(t *testing.T) {
	const keys = `"AccessKeyId": "AKID", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2100-01-01T00:00:00Z"`
	giver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/container":
			fmt.Fprintf(w, `{%s}`, keys)
		case r.URL.Path == "/latest/api/token":
			w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")
			_, _ = io.WriteString(w, "token")
		case r.URL.Path == "/latest/meta-data/iam/security-credentials/":
			_, _ = io.WriteString(w, "kairan")
		case r.URL.Path == "/latest/meta-data/iam/security-credentials/kairan":
			fmt.Fprintf(w, `{"Code": "Success", "Type": "AWS-HMAC", %s}`, keys)
		case r.URL.Path == "/": // the service that assumes roles
			action := r.FormValue("Action")
			if r.FormValue("RoleArn") != "arn:aws:iam::123456789012:role/news" || action == "AssumeRoleWithWebIdentity" && r.FormValue("WebIdentityToken") != "identity" {
				http.Error(w, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>", http.StatusForbidden)
				return
			}
			fmt.Fprintf(w, `<%[1]sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%[1]sResult><Credentials><AccessKeyId>AKID</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>`+
				`<SessionToken>session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></%[1]sResult></%[1]sResponse>`, action)
		default:
			http.NotFound(w, r)
		}
	}))
	defer giver.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"config": "[profile city]\naws_access_key_id = AKID\naws_secret_access_key = secret\n" +
			"[profile role]\nrole_arn = arn:aws:iam::123456789012:role/news\nsource_profile = city\n" +
			"[profile process]\ncredential_process = cat " + filepath.Join(dir, "keys.json") + "\n" +
			"[profile environment]\nrole_arn = arn:aws:iam::123456789012:role/news\ncredential_source = Environment\n" +
			"[profile instance]\nrole_arn = arn:aws:iam::123456789012:role/news\ncredential_source = Ec2InstanceMetadata\n" +
			"[profile identity]\nrole_arn = arn:aws:iam::123456789012:role/news\nweb_identity_token_file = " + filepath.Join(dir, "token") + "\n" +
			"[profile role-sso]\nrole_arn = arn:aws:iam::123456789012:role/news\nsource_profile = sso\n" +
			"[profile role-loop]\nrole_arn = arn:aws:iam::123456789012:role/news\nsource_profile = role-loop\n" +
			"[profile role-own]\nrole_arn = arn:aws:iam::123456789012:role/news\nsource_profile = role-own\naws_access_key_id = AKID\naws_secret_access_key = secret\n" +
			"[profile empty]\nregion = eu-west-1\n" +
			"[profile sso]\nsso_account_id = 123456789012\nsso_role_name = news\nsso_region = eu-west-1\nsso_start_url = https://city.example.org/start\n",
		"token":       "identity",
		"keys.json":   `{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "secret"}`,
		"credentials": "[city2]\naws_access_key_id = AKID\naws_secret_access_key = secret\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name, query string
		environment map[string]string
		wants       string // a part of the error
	}{
		{name: "the environment", environment: map[string]string{"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "session"}},
		{name: "a profile", query: "&profile=city"},
		{name: "a profile of the environment", environment: map[string]string{"AWS_PROFILE": "city"}},
		{name: "a profile's role", query: "&profile=role"},
		{name: "a profile's process", query: "&profile=process"},
		{name: "a profile of the other file", query: "&profile=city2", environment: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "credentials")}},
		{name: "a profile's role by the environment", query: "&profile=environment",
			environment: map[string]string{"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}},
		{name: "a profile's role by the instance", query: "&profile=instance",
			environment: map[string]string{"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": giver.URL}},
		{name: "a profile's web identity", query: "&profile=identity"},
		{name: "a profile before the environment", query: "&profile=city",
			environment: map[string]string{"AWS_ACCESS_KEY_ID": "another", "AWS_SECRET_ACCESS_KEY": "another"}},
		{name: "the environment before its profile",
			environment: map[string]string{"AWS_PROFILE": "empty", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}},
		{name: "a role of the URL", query: "&profile=city&role=arn:aws:iam::123456789012:role/news"},
		{name: "web identity", environment: map[string]string{
			"AWS_WEB_IDENTITY_TOKEN_FILE": filepath.Join(dir, "token"), "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/news"}},
		{name: "a container", environment: map[string]string{"AWS_CONTAINER_CREDENTIALS_FULL_URI": giver.URL + "/container"}},
		{name: "an instance", environment: map[string]string{"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": giver.URL}},
		{name: "single sign-on", query: "&profile=sso", wants: "give it keys or a role of its own, or name a directory"},
		{name: "single sign-on by the environment", environment: map[string]string{"AWS_PROFILE": "sso"}, wants: "single sign-on"},
		{name: "a role by single sign-on", query: "&profile=role-sso", wants: `the profile "sso" is one of single sign-on`},
		{name: "a role by itself", query: "&profile=role-loop", wants: `the profile "role-loop", which another names as its source, has no keys`},
		{name: "a role by its profile's own keys", query: "&profile=role-own"},
		{name: "a profile that has none", query: "&profile=empty", wants: `find AWS credentials: the profile "empty" has no keys`},
		{name: "a role that is not ours", query: "&profile=city&role=arn:aws:iam::123456789012:role/else", wants: "assume the role arn:aws:iam::123456789012:role/else"},
		{name: "an instance without a role", wants: "find AWS credentials: 404",
			environment: map[string]string{"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": giver.URL + "/else"}},
		{name: "nowhere", wants: "find AWS credentials"},
	} {
		t.Run(test.name, func(t *testing.T) {
			noAWS(t)
			t.Setenv("HOME", dir)
			t.Setenv("AWS_CONFIG_FILE", filepath.Join(dir, "config"))
			t.Setenv("AWS_ENDPOINT_URL_STS", giver.URL)
			for name, value := range test.environment {
				t.Setenv(name, value)
			}
			cloud := &cloud{root: "/news/", objects: map[string]object{"it": {}}, authentic: signedBy(map[string]string{"AKID": "secret"}, "eu-west-1", time.Now)}
			server := httptest.NewServer(cloud)
			defer server.Close()
			target, err := Open("s3://news?region=eu-west-1&endpoint=" + server.URL + test.query)
			var got []byte
			if err == nil {
				defer target.Close()
				got, err = target.read(t.Context(), "it")
			}
			switch {
			case test.wants != "" && (err == nil || !strings.Contains(err.Error(), test.wants) || cloud.asked > 0):
				t.Errorf("after %d requests: %v; it should say %q", cloud.asked, err, test.wants)
			case test.wants == "" && (err != nil || got == nil):
				t.Errorf("read %q, %v", got, err)
			}
		})
	}
}

// TestKeysThatEndAreAskedForAgain proves that an export outlives its keys.
func TestKeysThatEndAreAskedForAgain(t *testing.T) {
	noAWS(t)
	var given int
	giver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		given++
		ends := noon // in the past: at once
		if given == 3 {
			ends = time.Now().Add(time.Hour)
		}
		fmt.Fprintf(w, `{"AccessKeyId": "AKID%d", "SecretAccessKey": "secret", "Expiration": %q}`, given, ends.Format(time.RFC3339))
	}))
	defer giver.Close()
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", giver.URL)
	cloud := &cloud{root: "/news/", objects: map[string]object{"it": {}}}
	server := httptest.NewServer(cloud)
	defer server.Close()
	target, err := Open("s3://news?region=eu-west-1&endpoint=" + server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	for i, key := range []string{"AKID1", "AKID2", "AKID3", "AKID3"} {
		cloud.authentic = signedBy(map[string]string{key: "secret"}, "eu-west-1", time.Now)
		if _, err := target.read(t.Context(), "it"); err != nil {
			t.Errorf("request %d, with %s: %v", i+1, key, err)
		}
	}
	if given != 3 {
		t.Errorf("asked for keys %d times, not 3", given)
	}
}

// TestEncryptedObjects proves that objects are encrypted as the URL asks.
func TestEncryptedObjects(t *testing.T) {
	noAWS(t)
	cloud := &cloud{root: "/news/", objects: map[string]object{}}
	server := httptest.NewServer(cloud)
	defer server.Close()
	target, err := Open("s3://news?region=eu-west-1&anonymous=true&ssetype=AWS:KMS&kmskeyid=alias/news&endpoint=" + server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if err := target.write(t.Context(), File{Name: "it", Type: html}); err != nil {
		t.Fatal(err)
	}
	header := cloud.objects["it"].header
	for name, want := range map[string]string{
		"X-Amz-Server-Side-Encryption": "aws:kms", "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id": "alias/news", "Authorization": "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}
