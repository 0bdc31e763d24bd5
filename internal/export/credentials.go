package export

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
)

// credentialsOf returns who asks, by the first of these that there is, as Amazon's own
// tools choose (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html):
// a profile that the URL names, keys of the environment, web identity, the profile of
// the environment or the one called default, a container's role, an instance's. Nobody
// is asked yet.
func credentialsOf(p *parameters, shared profile, region string) (*credentials.Credentials, error) {
	given := givers{region: region, sts: stsEndpoint(region)}
	from, err := given.choose(p.Get("profile") != "", shared)
	if err != nil {
		return nil, noCredentials(err)
	}
	if role := p.Get("role"); role != "" {
		if !strings.HasPrefix(role, "arn:") {
			return nil, fmt.Errorf("the parameter role is %q; write an ARN, such as arn:aws:iam::123456789012:role/news", role)
		}
		from = given.assumed(from, credentials.STSAssumeRoleOptions{RoleARN: role})
	}
	return credentials.New(explained{&kept{from: from}}), nil
}

// explained says of what fails where credentials are looked for.
type explained struct{ credentials.Provider }

// RetrieveWithCredContext implements [credentials.Provider].
func (e explained) RetrieveWithCredContext(cc *credentials.CredContext) (credentials.Value, error) {
	got, err := e.Provider.RetrieveWithCredContext(cc)
	if err != nil {
		return credentials.Value{}, noCredentials(err)
	}
	return got, nil
}

func noCredentials(err error) error {
	return fmt.Errorf("find AWS credentials: %w; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with profile=, "+
		"or run where there is a role; anonymous=true does without", err)
}

// givers are those who give out credentials.
type givers struct {
	region string
	sts    string // the address of the service that assumes roles
}

// stsEndpoint returns the address of the service that assumes roles.
func stsEndpoint(region string) string {
	return cmp.Or(os.Getenv("AWS_ENDPOINT_URL_STS"), os.Getenv("AWS_ENDPOINT_URL"), "https://sts."+region+"."+domainOf(region))
}

// choose returns the first giver that there is. A profile that was named comes before
// all others.
func (g givers) choose(named bool, shared profile) (credentials.Provider, error) {
	switch {
	case named:
	case os.Getenv("AWS_ACCESS_KEY_ID") != "" && os.Getenv("AWS_SECRET_ACCESS_KEY") != "":
		return &credentials.EnvAWS{}, nil
	case os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != "":
		return g.webIdentity(os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE"), os.Getenv("AWS_ROLE_ARN")), nil
	}
	from, err := g.ofProfile(shared)
	switch {
	case from != nil || err != nil:
		return from, err
	case named:
		return nil, fmt.Errorf("the profile %q has no keys, no role and no process that gives them", shared.name)
	}
	return ofMachine()
}

// ofProfile returns the giver that a profile names; nil if it names none.
func (g givers) ofProfile(shared profile) (credentials.Provider, error) {
	from, err := keysOf(shared)
	if shared.get("source_profile") != "" {
		from, err = ofSource(shared.get("source_profile"))
	} else if from == nil && err == nil {
		switch source := shared.get("credential_source"); {
		case source == "Environment":
			from = &credentials.EnvAWS{}
		case source != "":
			from, err = ofMachine()
		case shared.get("web_identity_token_file") != "":
			return g.webIdentity(shared.get("web_identity_token_file"), shared.get("role_arn")), nil
		}
	}
	if role := shared.get("role_arn"); role != "" && from != nil {
		from = g.assumed(from, credentials.STSAssumeRoleOptions{
			RoleARN: role, RoleSessionName: shared.get("role_session_name"), ExternalID: shared.get("external_id"),
		})
	}
	return from, err
}

// keysOf returns what gives out a profile's own keys, written there or by a process; nil
// if it has none. That of single sign-on is an error.
func keysOf(shared profile) (credentials.Provider, error) {
	switch {
	case shared.get("aws_access_key_id") != "", shared.get("credential_process") != "" && !shared.singleSignOn():
		return &credentials.FileAWSCredentials{Profile: shared.name}, nil
	case shared.singleSignOn():
		// Its token ends after some hours, and a person has to sign in again.
		return nil, fmt.Errorf("the profile %q is one of single sign-on, which no program can renew by itself: give it keys or a role of its own, "+
			"or name a directory and copy it with Amazon's own tool (aws s3 sync)", shared.name)
	}
	return nil, nil
}

// ofSource returns the giver of the keys with which another profile assumes its role.
func ofSource(name string) (credentials.Provider, error) {
	shared, err := readProfile(name)
	if err != nil {
		return nil, err
	}
	from, err := keysOf(shared)
	if from == nil && err == nil {
		err = fmt.Errorf("the profile %q, which another names as its source, has no keys and no process that gives them", name)
	}
	return from, err
}

// webIdentity returns what shows the token of a file in return for a role's keys.
func (g givers) webIdentity(file, role string) credentials.Provider {
	return &credentials.STSWebIdentity{STSEndpoint: g.sts, RoleARN: role, GetWebIDTokenExpiry: func() (*credentials.WebIdentityToken, error) {
		token, err := os.ReadFile(file) // it is renewed there
		return &credentials.WebIdentityToken{Token: string(token)}, err
	}}
}

// machineTime is how long a container's or an instance's own service may take. Where
// there is none, some networks answer nothing at all.
const machineTime = 5 * time.Second

// ofMachine returns the giver of the container or the instance that this runs on.
func ofMachine() (credentials.Provider, error) {
	iam := &credentials.IAM{Client: &http.Client{Timeout: machineTime, Transport: &http.Transport{}}} // behind no proxy
	if os.Getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != "" || os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") != "" {
		return iam, nil
	}
	if off, _ := strconv.ParseBool(os.Getenv("AWS_EC2_METADATA_DISABLED")); off {
		return nil, errors.New("there are none in the environment and in the profiles")
	}
	iam.Endpoint = strings.TrimRight(os.Getenv("AWS_EC2_METADATA_SERVICE_ENDPOINT"), "/")
	return iam, nil
}

// assumedRole gives out a role's keys in return for others.
type assumedRole struct {
	credentials.STSAssumeRole
	from *credentials.Credentials
}

func (g givers) assumed(from credentials.Provider, options credentials.STSAssumeRoleOptions) credentials.Provider {
	options.Location = g.region
	options.RoleSessionName = cmp.Or(options.RoleSessionName, "kairan")
	return &assumedRole{
		STSAssumeRole: credentials.STSAssumeRole{STSEndpoint: g.sts, Options: options},
		from:          credentials.New(&kept{from: from}),
	}
}

// RetrieveWithCredContext implements [credentials.Provider].
func (a *assumedRole) RetrieveWithCredContext(cc *credentials.CredContext) (credentials.Value, error) {
	by, err := a.from.GetWithContext(cc)
	if err != nil {
		return by, err
	}
	a.Options.AccessKey, a.Options.SecretKey, a.Options.SessionToken = by.AccessKeyID, by.SecretAccessKey, by.SessionToken
	got, err := a.STSAssumeRole.RetrieveWithCredContext(cc)
	if err != nil {
		return got, fmt.Errorf("assume the role %s: %w", a.Options.RoleARN, err)
	}
	return got, nil
}

// kept keeps credentials until they end, and those that do not say when for keptTime:
// files are read and processes run no more often than that, and keys that were changed
// there are found.
type kept struct {
	credentials.Expiry
	from credentials.Provider
}

const keptTime = time.Minute

// RetrieveWithCredContext implements [credentials.Provider]. To give no keys is an
// error: the library would go on as nobody.
func (k *kept) RetrieveWithCredContext(cc *credentials.CredContext) (credentials.Value, error) {
	got, err := k.from.RetrieveWithCredContext(cc)
	if err == nil && (got.AccessKeyID == "" || got.SecretAccessKey == "") {
		err = errors.New("what should give them out has none")
	}
	if err != nil {
		return credentials.Value{}, err
	}
	if got.Expiration.IsZero() {
		k.SetExpiration(time.Now().Add(keptTime), 0)
	} else {
		k.SetExpiration(got.Expiration, credentials.DefaultExpiryWindow)
	}
	return got, nil
}

// Retrieve implements [credentials.Provider].
func (k *kept) Retrieve() (credentials.Value, error) { return k.RetrieveWithCredContext(nil) }
