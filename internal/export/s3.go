package export

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// openBucket opens s3://NAME without asking anybody. Region, endpoint and credentials
// that the URL does not say come from where Amazon's own tools look for them: the
// environment and the profiles of ~/.aws.
//
// It understands:
//   - prefix, which begins the key of each object
//   - region, profile, role (an ARN to assume), and anonymous
//   - endpoint, of another service that speaks as S3 does
//   - use_path_style, or s3ForcePathStyle, and hostname_immutable, which is the same
//     for an endpoint: the bucket stands in the path, and not before the host
//   - dualstack, fips, accelerate and disable_https, which choose among S3's endpoints
//   - ssetype (AES256, aws:kms, aws:kms:dsse, aws:fsx) and kmskeyid, by which objects
//     are encrypted
//   - request_checksum_calculation, response_checksum_validation,
//     rate_limiter_capacity and awssdk, which change nothing and were of use once
func openBucket(target string) (*bucket, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, errors.New("export: the bucket is not a URL; write it as s3://NAME")
	}
	b := &bucket{url: u.Scheme + "://" + u.Host + u.Path, name: u.Host, prefix: u.Query().Get("prefix")}
	if way := otherWay(u.Scheme); way != "" {
		return nil, fmt.Errorf("export: %s can't be written to: %s", b.url, way)
	}
	switch {
	case u.Scheme != "s3":
		return nil, fmt.Errorf("export: %s is no bucket; use s3://, or name a directory", b.url)
	case u.Host == "":
		return nil, fmt.Errorf("export: open the bucket %s: it has no name; write s3://NAME", b.url)
	case strings.Trim(u.Path, "/") != "":
		return nil, fmt.Errorf("export: open the bucket %s: a bucket has no path; write s3://%s?prefix=%s/",
			b.url, u.Host, strings.Trim(u.Path, "/"))
	}
	if err := b.connect(u); err != nil {
		return nil, fmt.Errorf("export: open the bucket %s: %w", b.url, err)
	}
	return b, nil
}

// otherWay says how the site gets into a bucket that is not written to, by the scheme of
// its URL; "" for any other scheme.
func otherWay(scheme string) string {
	switch scheme {
	case "gs":
		return "name a directory and copy it with Google's own tool (gcloud storage rsync --recursive), " +
			"or write to the bucket as S3 does, with an HMAC key: s3://NAME?endpoint=https://storage.googleapis.com"
	case "azblob":
		return "name a directory and copy it with Azure's own tool (azcopy sync)"
	}
	return ""
}

// connect readies the client for what a bucket's URL says.
func (b *bucket) connect(u *url.URL) error {
	p, err := parametersOf(u, "region", "profile", "role", "anonymous",
		"endpoint", "use_path_style", "s3ForcePathStyle", "hostname_immutable", "dualstack", "fips", "accelerate", "disable_https",
		"ssetype", "kmskeyid",
		"request_checksum_calculation", "response_checksum_validation", "rate_limiter_capacity", "awssdk")
	if err != nil {
		return err
	}
	shared, err := readProfile(p.Get("profile"))
	if err != nil {
		return err
	}
	anonymous := p.flag("anonymous")
	if err := checkName(b.name); err != nil {
		return err
	}
	place, err := placeOf(b.name, p, shared)
	if err != nil {
		return err
	}
	if b.encryption, err = encryptionOf(p); err != nil {
		return err
	}
	options := &minio.Options{Secure: place.endpoint.Scheme == "https", Region: place.region, MaxRetries: attempts, BucketLookup: minio.BucketLookupDNS}
	if place.inPath {
		options.BucketLookup = minio.BucketLookupPath
	}
	if anonymous {
		options.Creds = credentials.NewStatic("", "", "", credentials.SignatureAnonymous)
	} else if options.Creds, err = credentialsOf(p, shared, place.region); err != nil {
		return err
	}
	client, err := minio.New(place.endpoint.Host, options)
	if err != nil {
		return fmt.Errorf("the endpoint %s: %w", place.endpoint.Host, err)
	}
	client.SetS3EnableDualstack(place.dualStack)
	client.SetS3TransferAccelerate(place.accelerated)
	b.region, b.client = place.region, minio.Core{Client: client}
	return nil
}

// checkName returns what is wrong with a bucket's name.
func checkName(name string) error {
	if err := s3utils.CheckValidBucketName(name); err != nil {
		return fmt.Errorf("there is no bucket of such a name: %w", err)
	}
	if strings.HasSuffix(name, "--x-s3") || strings.HasSuffix(name, "--op-s3") {
		return errors.New("directory buckets and those of Outposts have other ways to be asked; use a general purpose bucket")
	}
	return nil
}

// parameters are what a bucket's URL says behind the "?".
type parameters struct {
	url.Values
	// err is the first fault of those that were looked at.
	err error
}

// parametersOf refuses what is none of those known.
func parametersOf(u *url.URL, known ...string) (*parameters, error) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New(`what is behind the "?" is no query; write name=value&name=value`)
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if name != "prefix" && !slices.Contains(known, name) {
			return nil, fmt.Errorf("it has no parameter %q; there are prefix, %s", name, strings.Join(known, ", "))
		}
	}
	return &parameters{Values: query}, nil
}

// flag reports whether a parameter is true.
func (p *parameters) flag(name string) bool {
	value := p.Get(name)
	if value == "" {
		return false
	}
	on, err := strconv.ParseBool(value)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("the parameter %s is %q; write true or false", name, value)
	}
	return on
}

// encryptionOf returns the fields that ask for an object's encryption.
func encryptionOf(p *parameters) (map[string]string, error) {
	kinds := []string{"AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"}
	fields := map[string]string{}
	if kind := p.Get("ssetype"); kind != "" {
		i := slices.IndexFunc(kinds, func(k string) bool { return strings.EqualFold(k, kind) })
		if i < 0 {
			return nil, fmt.Errorf("the parameter ssetype is %q; there are %s", kind, strings.Join(kinds, ", "))
		}
		fields["X-Amz-Server-Side-Encryption"] = kinds[i]
	}
	if key := p.Get("kmskeyid"); key != "" {
		fields["X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id"] = key
	}
	return fields, nil
}

// place is where a bucket is.
type place struct {
	region   string
	endpoint *url.URL // without the bucket
	// inPath keeps the bucket in the path, also where it could stand before the host.
	inPath          bool
	dualStack, fips bool
	accelerated     string // the host that accelerates; "" for none
}

// placeOf returns where a bucket is, by its URL, the environment and a profile.
func placeOf(name string, p *parameters, shared profile) (place, error) {
	at := place{
		region:    cmp.Or(p.Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), shared.get("region")),
		inPath:    p.flag("use_path_style") || p.flag("s3ForcePathStyle") || p.Get("endpoint") != "" && p.flag("hostname_immutable"),
		dualStack: p.flag("dualstack") || shared.on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
		fips:      p.flag("fips") || shared.on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
	}
	accelerate, plain := p.flag("accelerate"), p.flag("disable_https")
	if p.err != nil {
		return at, p.err
	}
	endpoint := cmp.Or(p.Get("endpoint"), shared.endpoint())
	var err error
	if accelerate {
		if at.accelerated, err = at.accelerator(name, endpoint); err != nil {
			return at, err
		}
	}
	if endpoint != "" {
		err = at.take(endpoint)
	} else {
		err = at.findAmazons()
	}
	if err != nil {
		return at, err
	}
	if plain {
		at.endpoint.Scheme = "http"
	}
	at.inPath = at.inPath || !mayBeLabel(name) || net.ParseIP(at.endpoint.Hostname()) != nil
	return at, nil
}

// accelerator returns the host that accelerates a bucket.
func (at *place) accelerator(name, endpoint string) (string, error) {
	switch {
	case endpoint != "" || at.fips || at.inPath:
		return "", errors.New("accelerate goes with no other endpoint, with no fips and with no bucket in the path")
	case !mayBeLabel(name):
		return "", fmt.Errorf("the bucket's name %q can't stand before a host, so it can't be accelerated", name)
	case at.dualStack:
		return "s3-accelerate.dualstack.amazonaws.com", nil
	}
	return "s3-accelerate.amazonaws.com", nil
}

// take takes an endpoint that was named, and a region for it if none was.
func (at *place) take(endpoint string) error {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return errors.New("the endpoint is no URL; write it as in endpoint=https://storage.example.org")
	case strings.Trim(u.Path, "/") != "":
		return fmt.Errorf("the endpoint %s://%s has a path, which is not signed for; use one without, or name a directory "+
			"and copy it with a tool of the service", u.Scheme, u.Host)
	}
	// Services of another kind have no regions or take this one for theirs; to ask for it
	// would be a request, and need a permission, of its own.
	at.region = cmp.Or(at.region, s3utils.GetRegionFromURL(*u), "us-east-1")
	at.endpoint = u
	return nil
}

// findAmazons finds the endpoint of a region of Amazon's. In those that it knows, the
// library finds the rest.
func (at *place) findAmazons() error {
	switch {
	case at.region == "":
		return errors.New("it has no region; add region=… to the URL, or set AWS_REGION")
	case !isLabel(at.region):
		return fmt.Errorf("the region %q is none; write it as in region=eu-west-1", at.region)
	}
	host := "s3"
	if at.fips {
		host += "-fips"
		if at.dualStack {
			host += ".dualstack"
		}
	}
	at.endpoint = &url.URL{Scheme: "https", Host: host + "." + at.region + "." + domainOf(at.region)}
	return nil
}

// mayBeLabel reports whether a bucket's name may stand before the host. One with a dot
// would be no match for the certificate.
func mayBeLabel(bucket string) bool { return isLabel(bucket) && bucket == strings.ToLower(bucket) }

// isLabel reports whether a text may be a label of a host's name (RFC 1123 section 2.1).
func isLabel(text string) bool {
	return text != "" && len(text) <= 63 && !strings.HasPrefix(text, "-") && !strings.HasSuffix(text, "-") &&
		!strings.ContainsFunc(text, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
		})
}

// domainOf returns the domain of a region's partition. Only the one that most know has
// more than a name for its regions.
func domainOf(region string) string {
	for prefix, domain := range map[string]string{
		"cn-": "amazonaws.com.cn", "eusc-": "amazonaws.eu",
		"us-iso-": "c2s.ic.gov", "us-isob-": "sc2s.sgov.gov", "eu-isoe-": "cloud.adc-e.uk", "us-isof-": "csp.hci.ic.gov",
	} {
		if strings.HasPrefix(region, prefix) {
			return domain
		}
	}
	return "amazonaws.com"
}
