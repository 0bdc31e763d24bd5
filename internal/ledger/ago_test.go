package ledger

import "testing"

func TestHowLongAgo(t *testing.T) {
	for _, test := range []struct{ language, before, after, others string }{
		{"English", "3 minutes ago", "1 hour ago", "5h ago"},
		{"Japanese", "3分前", "1時間前", "2週間前"},
		{"simplified Chinese", "3分钟前", "1个小时前", "2天前"},
		{"traditional Chinese", "3 分鐘前", "1 小時前", "2 週前"},
		{"Korean", "3분 전", "1시간 전", "2주 전"},
		{"Dutch", "3 minuten geleden", "1 uur geleden", "2 dagen geleden"},
		{"French", "il y a 3 minutes", "il y a 1 heure", "il y a 2 mois"},
		{"Thai", "3 นาทีที่แล้ว", "1 ชั่วโมงที่แล้ว", "2 สัปดาห์ที่แล้ว"},
		{"Turkish", "3 dakika önce", "1 saat önce", "2 gün önce"},
		{"Indonesian", "3 menit yang lalu", "1 jam yang lalu", "2 minggu yang lalu"},
		{"Indonesian, short", "59 detik lalu", "1 menit lalu", "2 hari lalu"},
		{"Filipino", "3 minuto ang nakalipas", "1 oras ang nakalipas", "2 araw ang nakalipas"},
		{"Arabic", "منذ 3 دقائق", "منذ 1 ساعة", "منذ 11 يومًا"},
		{"Arabic, its own digits", "قبل ٣ دقائق", "قبل ١١ ساعة", "قبل ٤ أيام"},
		{"Russian", "3 минуты назад", "1 час назад", "5 недель назад"},
		{"Hindi", "3 मिनट पहले", "1 घंटा पहले", "2 दिन पहले"},
		{"Hindi, weeks", "3 हफ़्ते पहले", "1 महीना पहले", "2 घंटे पहले"},
		{"Nepali", "३ मिनेट अघि", "१ घण्टा अघि", "२ दिन अघि"},
		{"German", "vor 3 Minuten", "vor 1 Stunde", "vor 2 Monaten"},
		{"Spanish", "hace 3 minutos", "hace 1 hora", "hace 2 meses"},
		{"Portuguese", "3 minutos atrás", "1 hora atrás", "2 semanas atrás"},
		{"Vietnamese", "3 phút trước", "1 giờ trước", "2 tuần trước"},
	} {
		for _, now := range []string{test.after, test.others} {
			before, after := notice(1, content("<p>A B. "+test.before+"</p>")), notice(1, content("<p>A B. "+now+"</p>"))
			if got := countedIn(&before, &after); len(got) != 1 || got[0] == (place{}) {
				t.Errorf("%s: from %q to %q counts %q", test.language, test.before, now, got)
			}
		}
	}
	for _, test := range [][2]string{
		{"It takes 3 minutes", "It takes 1 hour"}, {"3分かかります", "1時間かかります"}, {"Selama 3 menit", "Selama 1 jam"},
		{"لمدة 3 دقائق", "لمدة 1 ساعة"}, {"3 मिनट तक", "1 घंटा तक"}, {"vor 3 Toren", "vor 1 Haus"}, {"3 saat sürer", "1 dakika sürer"},
	} {
		before, after := notice(1, content("<p>"+test[0]+"</p>")), notice(1, content("<p>"+test[1]+"</p>"))
		if got := countedIn(&before, &after); got != nil {
			t.Errorf("from %q to %q counts %q", test[0], test[1], got)
		}
	}
}
