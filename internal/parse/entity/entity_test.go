package entity

import "testing"

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"no reference":                                   "no reference",
		"a &amp; b &#38; c &#x26; d":                     "a & b & c & d",
		"&#55357;&#56832;":                               "😀",
		"&#xD83D;&#xDE00; &#xd83d;&#56832;":              "😀 😀",
		"&#55357;&#56832;&#55356;&#57174;":               "😀🍖",
		"half a &#55357; character":                      "half a  character",
		"the halves &#56832;&#55357; in the wrong order": "the halves  in the wrong order",
		"&#55357; &#56832; apart":                        "  apart",
		"&#55357;&amp;":                                  "&",
		"it&#146;s":                                      "it’s",
		"one&#12;two":                                    "one two",
		"?a=1&copy=2":                                    "?a=1&copy=2",
	} {
		if got := DecodeString(in); got != want {
			t.Errorf("DecodeString(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJoinPairs(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"a &amp; b &#38;":                   "a &amp; b &#38;",
		"&#x1F600; &#55357;&#56832; &#233;": "&#x1F600; 😀 &#233;",
		"<b>&#xD83D;&#xDE00;</b>":           "<b>😀</b>",
		"&#55357;":                          "&#55357;",
		"&#55357;&#56832":                   "&#55357;&#56832",
		"&#":                                "&#",
	} {
		if got := JoinPairs(in); got != want {
			t.Errorf("JoinPairs(%q) = %q, want %q", in, got, want)
		}
	}
}
