// Package entity decodes the references to characters of XML and HTML.
//
// It exists because the same ampersand is met three times on its way: in markup that is
// to be repaired, in text that was escaped twice, and in addresses where it parts
// parameters. Decoders of HTML know names without a semicolon and turn "&copy=2" into ©;
// those of XML stop. Here a reference is what ends with a semicolon and means a character
// that XML allows (XML 1.0 §2.2, §4.1); any other ampersand stands for itself.
package entity
