//go:build !nobuckets

package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// openS3 opens s3://NAME. Region, credentials and whatever else the URL does not say
// come from where Amazon's own tools look for them: the environment, the files and
// profiles of ~/.aws, single sign-on, web identity, a container or an instance's role.
//
// It understands what gocloud.dev/blob/s3blob does, by the same names:
//   - region, profile, role (an ARN to assume), and anonymous
//   - endpoint, of another service that speaks as S3 does
//   - use_path_style, or s3ForcePathStyle, and hostname_immutable, which is the same
//     for an endpoint: the bucket stands in the path, and not before the host
//   - dualstack, fips, accelerate and disable_https, which choose among S3's endpoints
//   - ssetype (AES256, aws:kms, aws:kms:dsse, aws:fsx) and kmskeyid, by which objects
//     are encrypted
//   - request_checksum_calculation, response_checksum_validation,
//     rate_limiter_capacity and awssdk, which change nothing: each object goes with its
//     SHA-256, signed, and its MD5, and a request is repeated four times at most
func openS3(ctx context.Context, u *url.URL) (objects, error) {
	p, err := parametersOf(u, "region", "profile", "role", "anonymous",
		"endpoint", "use_path_style", "s3ForcePathStyle", "hostname_immutable", "dualstack", "fips", "accelerate", "disable_https",
		"ssetype", "kmskeyid",
		"request_checksum_calculation", "response_checksum_validation", "rate_limiter_capacity", "awssdk")
	if err != nil {
		return nil, err
	}
	anonymous := p.flag("anonymous")
	place := s3Place{
		bucket: u.Host, endpoint: p.Get("endpoint"),
		inPath:    p.flag("use_path_style") || p.flag("s3ForcePathStyle") || p.Get("endpoint") != "" && p.flag("hostname_immutable"),
		dualStack: p.flag("dualstack"), fips: p.flag("fips"), accelerate: p.flag("accelerate"), plain: p.flag("disable_https"),
	}
	if p.err != nil {
		return nil, p.err
	}
	extra, err := s3Encryption(p.Get("ssetype"), p.Get("kmskeyid"))
	if err != nil {
		return nil, err
	}
	cfg, err := s3Config(ctx, p, anonymous)
	if err != nil {
		return nil, err
	}
	if err := place.complete(ctx, cfg); err != nil {
		return nil, err
	}
	base, err := place.url()
	if err != nil {
		return nil, err
	}
	s := &storage{
		provider: "S3", base: *base, region: place.signingRegion(), metadata: "X-Amz-Meta-", extra: extra,
		client:    newClient(s3Transport(cfg)),
		authorize: func(*http.Request, []byte) error { return nil },
		pause:     pauseLonger,
	}
	if !anonymous {
		s.authorize = s3Signer(cfg.Credentials, place.signingRegion(), time.Now)
	}
	return s, nil
}

// s3Config reads what is said outside of the URL.
func s3Config(ctx context.Context, p *parameters, anonymous bool) (aws.Config, error) {
	var options []func(*config.LoadOptions) error
	if region := p.Get("region"); region != "" {
		options = append(options, config.WithRegion(region))
	}
	if profile := p.Get("profile"); profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	if anonymous {
		options = append(options, config.WithCredentialsProvider(aws.AnonymousCredentials{}))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return cfg, fmt.Errorf("read AWS's configuration: %w", err)
	}
	if role := p.Get("role"); role != "" {
		if !strings.HasPrefix(role, "arn:") {
			return cfg, fmt.Errorf("the parameter role is %q; write an ARN, such as arn:aws:iam::123456789012:role/news", role)
		}
		cfg.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), role))
	}
	return cfg, nil
}

// s3Transport is the one of the configuration, which trusts what AWS_CA_BUNDLE names.
func s3Transport(cfg aws.Config) *http.Transport {
	client, ok := cfg.HTTPClient.(*awshttp.BuildableClient)
	if !ok {
		client = awshttp.NewBuildableClient()
	}
	return client.GetTransport()
}

// s3Signer signs requests with Amazon's Signature Version 4
// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
func s3Signer(credentials aws.CredentialsProvider, region string, now func() time.Time) func(*http.Request, []byte) error {
	signer := v4.NewSigner(func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = true // "you do not normalize URI paths for requests to Amazon S3"
	})
	return func(r *http.Request, body []byte) error {
		keys, err := credentials.Retrieve(r.Context()) // kept until they end
		if err != nil {
			// Without its chain: whoever gives them out was asked again if need be.
			return fmt.Errorf("find AWS credentials: %v; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with profile=, "+
				"or run where there is a role; anonymous=true does without", err)
		}
		sum := sha256.Sum256(body)
		digest := hex.EncodeToString(sum[:])
		r.Header.Set("X-Amz-Content-Sha256", digest)
		if err := signer.SignHTTP(r.Context(), keys, r, digest, "s3", region, now()); err != nil {
			return fmt.Errorf("sign the request: %w", err)
		}
		return nil
	}
}

// s3Encryption returns the fields that ask for an object's encryption.
func s3Encryption(kind, key string) (http.Header, error) {
	kinds := []string{"AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"}
	header := http.Header{}
	if kind != "" {
		i := slices.IndexFunc(kinds, func(k string) bool { return strings.EqualFold(k, kind) })
		if i < 0 {
			return nil, fmt.Errorf("the parameter ssetype is %q; there are %s", kind, strings.Join(kinds, ", "))
		}
		header.Set("X-Amz-Server-Side-Encryption", kinds[i])
	}
	if key != "" {
		header.Set("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", key)
	}
	return header, nil
}

// s3Place is where a bucket is.
type s3Place struct {
	bucket, region string
	endpoint       string // "" is Amazon's own
	// inPath keeps the bucket in the path, also where it could stand before the host.
	inPath                             bool
	dualStack, fips, accelerate, plain bool
}

// complete takes what the URL did not say from the configuration. Its sources tell what
// belongs to S3 through these methods, as Amazon's own client asks them.
func (p *s3Place) complete(ctx context.Context, cfg aws.Config) error {
	if p.region = cfg.Region; p.region == "" {
		return errors.New("it has no region; add region=… to the URL, or set AWS_REGION " +
			"(where a service of another kind has none, it mostly takes us-east-1)")
	}
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(interface {
			GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
		}); ok && !p.dualStack {
			state, _, err := s.GetUseDualStackEndpoint(ctx)
			if err != nil {
				return fmt.Errorf("read AWS's configuration: %w", err)
			}
			p.dualStack = state == aws.DualStackEndpointStateEnabled
		}
		if s, ok := source.(interface {
			GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
		}); ok && !p.fips {
			state, _, err := s.GetUseFIPSEndpoint(ctx)
			if err != nil {
				return fmt.Errorf("read AWS's configuration: %w", err)
			}
			p.fips = state == aws.FIPSEndpointStateEnabled
		}
	}
	if p.endpoint != "" {
		return nil
	}
	endpoint, err := s3Endpoint(ctx, cfg)
	p.endpoint = endpoint
	return err
}

// s3Endpoint returns the endpoint that the environment or a profile names, for S3 or
// for all services (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html);
// "" if none does.
func s3Endpoint(ctx context.Context, cfg aws.Config) (string, error) {
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(interface {
			GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
		}); ok {
			if ignored, found, err := s.GetIgnoreConfiguredEndpoints(ctx); err == nil && found {
				if ignored {
					return "", nil
				}
				break
			}
		}
	}
	all := aws.ToString(cfg.BaseEndpoint)
	if os.Getenv("AWS_ENDPOINT_URL") != "" && os.Getenv("AWS_ENDPOINT_URL_S3") == "" {
		return all, nil // the environment goes before a profile
	}
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(interface {
			GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
		}); ok {
			own, found, err := s.GetServiceBaseEndpoint(ctx, "S3")
			if err != nil {
				return "", fmt.Errorf("read AWS's configuration: %w", err)
			}
			if found {
				return cmp.Or(own, all), nil
			}
		}
	}
	return all, nil
}

// globalRegion is S3's oldest endpoint, which is signed for as what it is.
const globalRegion = "aws-global"

func (p s3Place) signingRegion() string {
	if p.region == globalRegion {
		return "us-east-1"
	}
	return p.region
}

// url returns the bucket's base, by the rules of
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html.
func (p s3Place) url() (*url.URL, error) {
	switch {
	case !smithyhttp.ValidHostLabel(p.region):
		return nil, fmt.Errorf("the region %q is none; write it as in region=eu-west-1", p.region)
	case strings.HasSuffix(p.bucket, "--x-s3"), strings.HasSuffix(p.bucket, "--op-s3"):
		return nil, errors.New("directory buckets and those of Outposts have other ways to be asked; use a general purpose bucket")
	case p.accelerate && (p.endpoint != "" || p.fips || p.inPath):
		return nil, errors.New("accelerate goes with no other endpoint, with no fips and with no bucket in the path")
	}
	u := &url.URL{Scheme: "https"}
	switch {
	case p.endpoint != "":
		e, err := url.Parse(p.endpoint)
		if err != nil || e.Scheme != "http" && e.Scheme != "https" || e.Host == "" {
			return nil, errors.New("the endpoint is no URL; write it as in endpoint=https://storage.example.org")
		}
		u.Scheme, u.Host, u.Path = e.Scheme, e.Host, strings.TrimRight(e.Path, "/")
	case p.accelerate && p.dualStack:
		u.Host = "s3-accelerate.dualstack.amazonaws.com"
	case p.accelerate:
		u.Host = "s3-accelerate.amazonaws.com"
	case p.region == globalRegion && !p.fips && !p.dualStack:
		u.Host = "s3.amazonaws.com"
	default:
		u.Host = "s3"
		if p.fips {
			u.Host += "-fips"
		}
		if p.dualStack {
			u.Host += ".dualstack"
		}
		u.Host += "." + p.signingRegion() + "." + s3Domain(p.region)
	}
	if p.plain {
		u.Scheme = "http"
	}
	beforeHost := !p.inPath && mayBeLabel(p.bucket) && net.ParseIP(u.Hostname()) == nil
	switch {
	case beforeHost:
		u.Host = p.bucket + "." + u.Host
	case p.accelerate:
		return nil, fmt.Errorf("the bucket's name %q can't stand before a host, so it can't be accelerated", p.bucket)
	default:
		u.Path += "/" + p.bucket
	}
	return u, nil
}

// mayBeLabel tells whether a bucket's name may stand before the host. One with a dot
// would be no match for the certificate.
func mayBeLabel(bucket string) bool {
	return len(bucket) >= 3 && smithyhttp.ValidHostLabel(bucket) && bucket == strings.ToLower(bucket)
}

// s3Domain returns the domain of a region's partition. Only the one that most know has
// more than a name for its regions.
func s3Domain(region string) string {
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
