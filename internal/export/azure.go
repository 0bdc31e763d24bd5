//go:build !nobuckets

package export

import (
	"cmp"
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

// azure is a container of Azure Blob Storage.
type azure struct{ client *container.Client }

// azureAccount is where a container is, and who asks.
type azureAccount struct {
	name, key, token, connection string // key, token and connection are secret
	domain, protocol             string
	cdn, emulator                bool
}

// openAzure opens azblob://NAME. It understands what gocloud.dev/blob/azureblob does, by
// the same names: storage_account, domain, protocol, cdn and localemu in the URL, or
// AZURE_STORAGE_ACCOUNT, _DOMAIN, _PROTOCOL, _IS_CDN and _IS_LOCAL_EMULATOR. Credentials
// are AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, AZURE_STORAGE_CONNECTION_STRING or,
// without any of these, whatever azidentity's default chain finds.
func openAzure(u *url.URL) (objects, error) {
	p, err := parametersOf(u, "storage_account", "domain", "protocol", "cdn", "localemu")
	if err != nil {
		return nil, err
	}
	a := azureAccount{
		name: os.Getenv("AZURE_STORAGE_ACCOUNT"), key: os.Getenv("AZURE_STORAGE_KEY"), token: os.Getenv("AZURE_STORAGE_SAS_TOKEN"),
		connection: cmp.Or(os.Getenv("AZURE_STORAGE_CONNECTION_STRING"), os.Getenv("AZURE_STORAGEBLOB_CONNECTIONSTRING")),
		domain:     cmp.Or(p.Get("domain"), os.Getenv("AZURE_STORAGE_DOMAIN"), "blob.core.windows.net"),
		protocol:   cmp.Or(p.Get("protocol"), os.Getenv("AZURE_STORAGE_PROTOCOL"), "https"),
	}
	a.cdn, _ = strconv.ParseBool(os.Getenv("AZURE_STORAGE_IS_CDN"))
	a.emulator, _ = strconv.ParseBool(os.Getenv("AZURE_STORAGE_IS_LOCAL_EMULATOR"))
	if p.Has("cdn") {
		a.cdn = p.flag("cdn")
	}
	if p.Has("localemu") {
		a.emulator = p.flag("localemu")
	}
	if p.err != nil {
		return nil, p.err
	}
	client, err := a.open(p.Get("storage_account"), u.Host)
	if err != nil {
		return nil, err
	}
	return azure{client}, nil
}

// open returns a client of a container. The account may be another than the one of the
// credentials.
func (a azureAccount) open(account, name string) (*container.Client, error) {
	options := &container.ClientOptions{}
	options.Telemetry = policy.TelemetryOptions{ApplicationID: "kairan"}
	if a.connection != "" && a.token == "" && (a.name == "" || a.key == "") {
		client, err := container.NewClientFromConnectionString(a.connection, name, options)
		if err != nil {
			return nil, errors.New("AZURE_STORAGE_CONNECTION_STRING can't be read; copy it anew from the account's access keys")
		}
		return client, nil
	}
	at, err := a.url(cmp.Or(account, a.name), name)
	if err != nil {
		return nil, err
	}
	switch {
	case a.name != "" && a.key != "":
		key, err := container.NewSharedKeyCredential(a.name, a.key)
		if err != nil {
			return nil, errors.New("AZURE_STORAGE_KEY can't be read; it is written in Base64")
		}
		return container.NewClientWithSharedKeyCredential(at, key, options)
	case a.token != "":
		return container.NewClientWithNoCredential(at+"?"+a.token, options)
	default:
		credential, err := azidentity.NewDefaultAzureCredential(nil)
		if err != nil {
			return nil, fmt.Errorf("find Azure credentials: %w", err)
		}
		return container.NewClient(at, credential, options)
	}
}

// url returns the address of a container.
func (a azureAccount) url(account, name string) (string, error) {
	local := a.emulator || strings.HasPrefix(a.domain, "127.0.0.1") || strings.HasPrefix(a.domain, "localhost")
	switch {
	case a.protocol != "http" && a.protocol != "https":
		return "", fmt.Errorf("the protocol is %q; write http or https", a.protocol)
	case account == "":
		return "", errors.New("it has no account; set AZURE_STORAGE_ACCOUNT, or add storage_account=… to the URL")
	case local:
		return a.protocol + "://" + a.domain + "/" + account + "/" + name, nil
	case a.cdn:
		return a.protocol + "://" + a.domain + "/" + name, nil
	default:
		return a.protocol + "://" + account + "." + a.domain + "/" + name, nil
	}
}

func (a azure) get(ctx context.Context, key string) ([]byte, error) {
	resp, err := a.client.NewBlobClient(key).DownloadStream(ctx, nil)
	if err != nil {
		return nil, azureError(http.MethodGet, key, err)
	}
	body := resp.NewRetryReader(ctx, nil)
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, azureError(http.MethodGet, key, err)
	}
	return data, nil
}

func (a azure) put(ctx context.Context, key string, f File) error {
	sum := md5.Sum(f.Body)
	options := &blockblob.UploadBufferOptions{HTTPHeaders: &blob.HTTPHeaders{
		BlobContentType: &f.Type, BlobContentEncoding: &f.Encoding, BlobCacheControl: &f.CacheControl, BlobContentMD5: sum[:],
	}}
	if !f.Modified.IsZero() {
		modified := f.Modified.UTC().Format(time.RFC3339)
		options.Metadata = map[string]*string{"modified": &modified}
	}
	if _, err := a.client.NewBlockBlobClient(key).UploadBuffer(ctx, f.Body, options); err != nil {
		return azureError(http.MethodPut, key, err)
	}
	return nil
}

func (a azure) remove(ctx context.Context, key string) error {
	if _, err := a.client.NewBlobClient(key).Delete(ctx, nil); err != nil {
		return azureError(http.MethodDelete, key, err)
	}
	return nil
}

// azureError says in a line what Azure's client says in twenty, and leaves out the
// query of an address, which may be a token.
func azureError(method, key string, err error) error {
	var answered *azcore.ResponseError
	var failed *url.Error
	switch {
	case errors.As(err, &answered):
		e := &refusal{provider: "Azure", status: answered.StatusCode, code: answered.ErrorCode}
		if answered.RawResponse != nil {
			e.request = answered.RawResponse.Header.Get("X-Ms-Request-Id")
		}
		err = e
	case errors.As(err, &failed):
		err = failed.Err
	}
	return fmt.Errorf("%s %s: %w", method, key, err)
}
