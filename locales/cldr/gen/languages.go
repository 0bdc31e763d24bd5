package main

import (
	"slices"
	"strings"
)

// namedLanguages are the languages that every locale names: those that public bodies
// publish in, and those of which something is found in feeds. Chinese is called by its
// script.
var namedLanguages = sortedWords(`
ab ace af ak als am apc ar ary arz as ast ay az
ba ban bcl be bg bho bm bn bo br bs bua
ca ce ceb chr ckb co cr cs cv cy
da de doi dsb dv dz ee el en eo es et eu
fa ff fi fil fj fo fr frr fur fy
ga gan gd gl gn gsw gu gv
ha hak haw he hi hil hmn hr hsb hsn ht hu hy
ia id ig ilo is it iu ja jam jv
ka kab kg ki kk kl km kn ko kok krc ks ku kv kw ky
la lb lg lij ln lo lt luo lus lv
mad mai mg mh mhr mi min mk ml mn mni mr ms mt mul my myv
na nan nap nb nd nds ne nl nn no nqo nr nso nv ny oc om or os
pa pam pap pcm pl ps pt qu rm rn ro rom ru rw ryu
sa sah sat sc scn sco sd se sg shn si sk sl sm sn so sq sr srn ss st su sv sw syr szl
ta te tet tg th ti tk tlh tn to tpi tr ts tt ty tyv udm ug uk und ur uz
ve vec vi wa war wo wuu xal xh yi yo yue za zgh zh zh-Hans zh-Hant zu zxx`)

// notCountries are codes that nobody has as the region of a language: of groups of
// countries, of no country, and of land without a town.
var notCountries = sortedWords("AC AQ BV CP CQ DG EA EU EZ HM IC IO QO TA TF UM UN XA XB ZZ")

// noPublishers are the beginnings of zones in which no public body is: stations, islands
// without a town, parts of states that kept another time in the past, and zones without a
// place.
var noPublishers = []string{
	"Antarctica/", "Arctic/", "Etc/", "America/Argentina/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/",
	"America/Danmarkshavn", "Atlantic/South_Georgia", "Indian/Chagos", "Indian/Christmas", "Indian/Cocos", "Indian/Kerguelen", "Pacific/Enderbury", "Pacific/Johnston", "Pacific/Gambier", "Pacific/Midway", "Pacific/Pitcairn", "Pacific/Wake",
}

func sortedWords(s string) []string {
	words := strings.Fields(s)
	slices.Sort(words)
	return slices.Compact(words)
}
