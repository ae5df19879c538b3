use proptest::prelude::*;

use super::words::{DATE_WORDS, MONTHS, WORD_BYTES, WORDS, ZONES, class_of, month_name, zone_of};
use super::*;
use crate::lexicon;

/// Language, text, moment; empty for none.
const READ: &[(&str, &str, &str)] = &[
    ("", "2024-05-02", "2024-05-02"),
    ("", " 2024-05-02 ", "2024-05-02"),
    ("", "2024-05-02T10:00", "2024-05-02T10:00"),
    ("", "2024-05-02T10:00:00", "2024-05-02T10:00:00"),
    ("", "2024-05-02T10:00:00Z", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02t10:00:00z", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02T10:00:00.123456789Z", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02T10:00:00:123Z", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02T10:00:00,5Z", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02T10:00:00+02:00", "2024-05-02T10:00:00+02:00"),
    ("", "2024-05-02T10:00:00-0530", "2024-05-02T10:00:00-05:30"),
    ("", "2024-05-02T10:00+02", "2024-05-02T10:00+02:00"),
    ("", "2024-05-02T10:00:00 +02:00", "2024-05-02T10:00:00+02:00"),
    ("", "2024-05-02 10:00:00", "2024-05-02T10:00:00"),
    ("", "2024-05-02 10:00:00 UTC", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02 10:00:00 +0000 UTC", "2024-05-02T10:00:00Z"),
    ("", "2024-05-02T23:59:60Z", "2024-05-02T23:59:59Z"),
    ("", "2024-05-02T24:00:00Z", "2024-05-02"),
    ("", "2024-05-02T25:61", "2024-05-02"),
    ("", "2024-05-02T10:00:00+99:99", "2024-05-02T10:00:00"),
    ("", "2024-05-02T10:00:00+14:00", "2024-05-02T10:00:00+14:00"),
    ("", "2024-05-02T10:00:00+15:00", "2024-05-02T10:00:00"),
    ("", "20240502", "2024-05-02"),
    ("", "20240502T1000", "2024-05-02T10:00"),
    ("", "20240502T100000Z", "2024-05-02T10:00:00Z"),
    ("", "20240502T100000+0200", "2024-05-02T10:00:00+02:00"),
    ("", "202405021000", "2024-05-02T10:00"),
    ("", "2024050210", "2024-05-02T10:00"),
    ("", "20240502100000", "2024-05-02T10:00:00"),
    ("", "20241332", ""),
    ("", "2024-W18", "2024-04-29"),
    ("", "2024-W18-4", "2024-05-02"),
    ("", "2024W184", "2024-05-02"),
    ("", "2024-W60-1", ""),
    ("", "2024-123", "2024-05-02"),
    ("", "2024-366", "2024-12-31"),
    ("", "2023-366", ""),
    ("", "2024-05", "2024-05"),
    ("", "2024", ""),
    ("", "1899-12-31", ""),
    ("", "2101-01-01", ""),
    ("", "1900-01-01", "1900-01-01"),
    ("", "0000-00-00 00:00:00", ""),
    ("", "0001-01-01T00:00:00Z", ""),
    ("", "2024-02-29", "2024-02-29"),
    ("", "2023-02-29", ""),
    ("", "2024-04-31", ""),
    ("", "2024-13-01", ""),
    ("", "1714646400", "2024-05-02T10:40:00Z"),
    ("", "1714646400000", "2024-05-02T10:40:00Z"),
    ("", "1714646400.25", "2024-05-02T10:40:00Z"),
    ("", "/Date(1714646400000)/", "2024-05-02T10:40:00Z"),
    ("", "/Date(1714646400000+0200)/", "2024-05-02T10:40:00Z"),
    ("", "171464640", ""),
    ("", "99999999999999999999", ""),
    ("", "Thu, 02 May 2024 10:00:00 +0200", "2024-05-02T10:00:00+02:00"),
    ("", "Thu, 02 May 2024 10:00:00 GMT", "2024-05-02T10:00:00Z"),
    ("", "Thu, 02 May 2024 10:00:00 EST", "2024-05-02T10:00:00-05:00"),
    ("", "02 May 24 10:00 GMT", "2024-05-02T10:00Z"),
    ("", "Thu May  2 10:00:00 2024", "2024-05-02T10:00:00"),
    ("", "Thu May 02 10:00:00 UTC 2024", "2024-05-02T10:00:00Z"),
    ("", "Thu May 02 10:00:00 +0000 2024", "2024-05-02T10:00:00Z"),
    (
        "",
        "Thu May 02 2024 10:00:00 GMT+0200 (Central European Summer Time)",
        "2024-05-02T10:00:00+02:00",
    ),
    ("", "Thursday, May 2, 2024", "2024-05-02"),
    ("", "May 2, 2024", "2024-05-02"),
    ("", "May 2 2024", "2024-05-02"),
    ("", "May. 2nd, 2024", "2024-05-02"),
    ("", "MAY 2, 2024", "2024-05-02"),
    ("", "2 May 2024", "2024-05-02"),
    ("", "2nd May 2024", "2024-05-02"),
    ("", "2nd of May, 2024", "2024-05-02"),
    ("", "02-May-2024", "2024-05-02"),
    ("", "02-May-24", "2024-05-02"),
    ("", "2 May '24", "2024-05-02"),
    ("", "May 2, '24", "2024-05-02"),
    ("", "Sept. 3, 2024", "2024-09-03"),
    ("", "Sep 31, 2024", ""),
    ("", "February 30, 2024", ""),
    ("", "May 2, 2024 10:00 AM", "2024-05-02T10:00"),
    ("", "May 2, 2024 at 10:00 a.m.", "2024-05-02T10:00"),
    ("", "May 2, 2024 at 10:00 p.m. EDT", "2024-05-02T22:00-04:00"),
    ("", "May 2, 2024, 12:05 am", "2024-05-02T00:05"),
    ("", "May 2, 2024, 12:05 pm", "2024-05-02T12:05"),
    ("", "May 2, 2024 | 3pm", "2024-05-02T15:00"),
    ("", "May 2, 2024 3:05PM ET", "2024-05-02T15:05-04:00"),
    ("", "January 2, 2024 3:05PM ET", "2024-01-02T15:05-05:00"),
    ("", "March 10, 2024 3:05PM ET", "2024-03-10T15:05-04:00"),
    ("", "November 3, 2024 3:05PM ET", "2024-11-03T15:05-05:00"),
    ("", "July 2, 2024 9 a.m. PT", "2024-07-02T09:00-07:00"),
    ("", "10:00 AM ET, Thu May 2, 2024", "2024-05-02T10:00-04:00"),
    ("", "10:00, 2 May 2024", "2024-05-02T10:00"),
    ("", "Published 10:00 BST 2 May 2024", "2024-05-02T10:00"),
    ("en-GB", "2 May 2024, 10:00 BST", "2024-05-02T10:00+01:00"),
    ("bn", "2 May 2024, 10:00 BST", "2024-05-02T10:00+06:00"),
    ("", "2 May 2024, 10:00 IST", "2024-05-02T10:00"),
    ("en-IN", "May 02, 2024 10:00 IST", "2024-05-02T10:00+05:30"),
    ("en-IE", "2 May 2024 10:00 IST", "2024-05-02T10:00+01:00"),
    ("he", "2 במאי 2024 10:00 IST", "2024-05-02T10:00+02:00"),
    ("en-US", "May 2, 2024 10:00 CST", "2024-05-02T10:00-06:00"),
    ("zh", "2024-05-02 10:00 CST", "2024-05-02T10:00+08:00"),
    ("", "2024-05-02 10:00 CST", "2024-05-02T10:00"),
    ("en-AU", "2 May 2024 10:00 EST", "2024-05-02T10:00+10:00"),
    ("", "2 May 2024 10:00 AEST", "2024-05-02T10:00+10:00"),
    ("", "2 May 2024 10:00 JST", "2024-05-02T10:00+09:00"),
    ("", "2 May 2024 10:00 KST", "2024-05-02T10:00+09:00"),
    ("", "2 May 2024 10:00 CET", "2024-05-02T10:00+01:00"),
    ("", "2 May 2024 10:00 CEST", "2024-05-02T10:00+02:00"),
    ("", "2 May 2024 10:00 UTC+2", "2024-05-02T10:00+02:00"),
    ("", "2 May 2024 10:00 (GMT-3)", "2024-05-02T10:00-03:00"),
    ("", "2 May 2024 10:00 (UTC+05:30)", "2024-05-02T10:00+05:30"),
    ("", "2 May 2024 10:00 NPT", "2024-05-02T10:00+05:45"),
    ("", "Last updated on May 2, 2024 at 10:00", "2024-05-02T10:00"),
    ("", "Updated: 2 May 2024", "2024-05-02"),
    ("", "Published on May 2, 2024 | By Jane Doe", "2024-05-02"),
    ("", "Published 2 May 2024, Updated 3 May 2024", "2024-05-02"),
    ("", "May 2024", "2024-05"),
    ("", "2 May", ""),
    ("", "yesterday", ""),
    ("", "12 people", ""),
    ("", "10:00", ""),
    ("", "3.5.2", ""),
    ("", "version 1.2.3", ""),
    ("", "", ""),
    ("", "05/06/2024", "2024-06-05"),
    ("en", "05/06/2024", "2024-06-05"),
    ("en-US", "05/06/2024", "2024-05-06"),
    ("en-US", "13/06/2024", "2024-06-13"),
    ("en-GB", "06/13/2024", "2024-06-13"),
    ("", "31/12/2024", "2024-12-31"),
    ("", "12/31/2024", "2024-12-31"),
    ("", "32/13/2024", ""),
    ("en-US", "5/6/24", "2024-05-06"),
    ("de", "5/6/24", "2024-06-05"),
    ("", "05-06-2024", "2024-06-05"),
    ("", "05.06.2024", "2024-06-05"),
    ("en-US", "05.06.2024", "2024-06-05"),
    ("", "5. 6. 2024", "2024-06-05"),
    ("", "05 . 06 . 2024", "2024-06-05"),
    ("", "05.06.24", "2024-06-05"),
    ("ja", "24.05.06", "2024-05-06"),
    ("ja", "24/05/06", "2024-05-06"),
    ("", "2024/05/06", "2024-05-06"),
    ("", "2024.05.06", "2024-05-06"),
    ("", "2024. 5. 6.", "2024-05-06"),
    ("", "2024_05_06", "2024-05-06"),
    ("", "2024 05 06", "2024-05-06"),
    ("", "2024/5/6 9:05", "2024-05-06T09:05"),
    ("", "05/06/2024 - 10:00", "2024-06-05T10:00"),
    ("", "05.06.2024 | 10:00", "2024-06-05T10:00"),
    ("", "05.06.2024, 10:00 Uhr", "2024-06-05T10:00"),
    ("", "05.06.2024, 10.00 Uhr", "2024-06-05T10:00"),
    ("", "05.06.2024 10:00:30", "2024-06-05T10:00:30"),
    ("", "5.6.2024 klo 10.05", "2024-06-05T10:05"),
    ("de", "Donnerstag, 2. Mai 2024", "2024-05-02"),
    ("de", "2. Mai 2024 um 10:00 Uhr", "2024-05-02T10:00"),
    ("de", "02. Mai 2024, 10.05 Uhr", "2024-05-02T10:05"),
    ("de", "Do., 2. Mai 2024, 10 Uhr", "2024-05-02T10:00"),
    ("de", "Stand: 02.05.2024, 10:00 Uhr", "2024-05-02T10:00"),
    ("de", "Veröffentlicht am 2. März 2024", "2024-03-02"),
    ("de", "2. Jänner 2024", "2024-01-02"),
    ("de", "2. Dez. 2024", "2024-12-02"),
    ("de", "2. Mai 2024, 10:00 MESZ", "2024-05-02T10:00+02:00"),
    ("fr", "jeudi 2 mai 2024", "2024-05-02"),
    ("fr", "Publié le 2 mai 2024 à 10h05", "2024-05-02T10:05"),
    ("fr", "1er août 2024 à 10h", "2024-08-01T10:00"),
    ("fr", "2 févr. 2024", "2024-02-02"),
    ("fr", "Mis à jour le 02/05/2024 à 10:05", "2024-05-02T10:05"),
    ("es", "2 de mayo de 2024", "2024-05-02"),
    ("es", "Publicado el 2 de mayo de 2024 a las 10:05", "2024-05-02T10:05"),
    ("es", "2 de mayo de 2024 10:05 a. m.", "2024-05-02T10:05"),
    ("es", "2 de mayo de 2024 a las 10:05 p. m.", "2024-05-02T22:05"),
    ("es", "02 may 2024", "2024-05-02"),
    ("es", "2 ago. 2024", "2024-08-02"),
    ("es", "jueves, 2 de septiembre del 2024", "2024-09-02"),
    ("it", "2 maggio 2024", "2024-05-02"),
    ("it", "giovedì 2 maggio 2024 alle 10:05", "2024-05-02T10:05"),
    ("it", "2 mag 2024", "2024-05-02"),
    ("pt", "2 de maio de 2024", "2024-05-02"),
    ("pt", "2 de março de 2024 às 10h05", "2024-03-02T10:05"),
    ("pt", "02/05/2024 10h05", "2024-05-02T10:05"),
    ("nl", "2 mei 2024 om 10:05 uur", "2024-05-02T10:05"),
    ("nl", "donderdag 2 maart 2024", "2024-03-02"),
    ("sv", "2 maj 2024 kl. 10.05", "2024-05-02T10:05"),
    ("sv", "den 2 augusti 2024", "2024-08-02"),
    ("no", "2. mai 2024 kl. 10:05", "2024-05-02T10:05"),
    ("no", "2. desember 2024", "2024-12-02"),
    ("da", "2. maj 2024 kl. 10.05", "2024-05-02T10:05"),
    ("da", "2. marts 2024", "2024-03-02"),
    ("fi", "2. toukokuuta 2024", "2024-05-02"),
    ("fi", "2.5.2024 klo 10.05", "2024-05-02T10:05"),
    ("pl", "2 maja 2024", "2024-05-02"),
    ("pl", "2 listopada 2024, 10:05", "2024-11-02T10:05"),
    ("pl", "2 lis 2024", "2024-11-02"),
    ("cs", "2. května 2024", "2024-05-02"),
    ("cs", "2. 5. 2024 10:05", "2024-05-02T10:05"),
    ("cs", "2. listopadu 2024", "2024-11-02"),
    ("sk", "2. mája 2024", "2024-05-02"),
    ("hu", "2024. május 2.", "2024-05-02"),
    ("hu", "2024. május 2., csütörtök 10:05", "2024-05-02T10:05"),
    ("hu", "2024.05.02. 10:05", "2024-05-02T10:05"),
    ("ro", "2 mai 2024, 10:05", "2024-05-02T10:05"),
    ("ro", "2 noiembrie 2024", "2024-11-02"),
    ("hr", "2. svibnja 2024.", "2024-05-02"),
    ("hr", "2. listopada 2024", "2024-10-02"),
    ("", "2. listopada 2024", ""),
    ("", "2 listopad 2024", ""),
    ("sr", "2. мај 2024. 10:05", "2024-05-02T10:05"),
    ("sr", "2. maj 2024.", "2024-05-02"),
    ("sl", "2. maja 2024", "2024-05-02"),
    ("ru", "2 мая 2024", "2024-05-02"),
    ("ru", "2 мая 2024 г.", "2024-05-02"),
    ("ru", "2 мая 2024 года, 10:05 МСК", "2024-05-02T10:05+03:00"),
    ("ru", "02.05.2024 в 10:05", "2024-05-02T10:05"),
    ("uk", "2 травня 2024", "2024-05-02"),
    ("uk", "2 травня 2024 року, 10:05", "2024-05-02T10:05"),
    ("bg", "2 май 2024 г.", "2024-05-02"),
    ("el", "2 Μαΐου 2024", "2024-05-02"),
    ("el", "2 ΜΑΙΟΥ 2024, 10:05", "2024-05-02T10:05"),
    ("el", "2 Μαΐου 2024 3:05 μ.μ.", "2024-05-02T15:05"),
    ("tr", "2 Mayıs 2024 Perşembe 10:05", "2024-05-02T10:05"),
    ("tr", "2 Ağustos 2024", "2024-08-02"),
    ("tr", "02 ARALIK 2024", "2024-12-02"),
    ("ar", "٢ مايو ٢٠٢٤", "2024-05-02"),
    ("ar", "2 أيار 2024", "2024-05-02"),
    ("ar", "٢ كانون الثاني ٢٠٢٤", "2024-01-02"),
    ("ar", "2 تشرين الأول 2024", "2024-10-02"),
    ("he", "2 במאי 2024", "2024-05-02"),
    ("he", "2 במאי 2024, 10:05", "2024-05-02T10:05"),
    ("fa", "۲ مه ۲۰۲۴", "2024-05-02"),
    ("fa", "۱۳ اردیبهشت ۱۴۰۳", "2024-05-02"),
    ("fa", "۱۴۰۳/۰۲/۱۳", "2024-05-02"),
    ("fa", "30 اسفند 1403", "2025-03-20"),
    ("fa", "30 اسفند 1402", ""),
    ("hi", "२ मई २०२४", "2024-05-02"),
    ("hi", "02 मई 2024, 10:05 AM", "2024-05-02T10:05"),
    ("bn", "২ মে ২০২৪", "2024-05-02"),
    ("ur", "2 مئی 2024", "2024-05-02"),
    ("ta", "2 மே 2024", "2024-05-02"),
    ("id", "Kamis, 2 Mei 2024 10:05 WIB", "2024-05-02T10:05+07:00"),
    ("id", "2 Agustus 2024", "2024-08-02"),
    ("ms", "2 Ogos 2024", "2024-08-02"),
    ("vi", "ngày 2 tháng 5 năm 2024", "2024-05-02"),
    ("vi", "Thứ năm, 2/5/2024, 10:05 (GMT+7)", "2024-05-02T10:05+07:00"),
    ("vi", "2 tháng 5, 2024", "2024-05-02"),
    ("th", "2 พฤษภาคม 2567", "2024-05-02"),
    ("th", "2 พ.ค. 2567 เวลา 10:05 น.", "2024-05-02T10:05"),
    ("th", "2 พ.ค. 2024", "2024-05-02"),
    ("ja", "2024年5月2日", "2024-05-02"),
    ("ja", "2024年5月2日 10時05分", "2024-05-02T10:05"),
    ("ja", "2024年5月2日(木) 午後3時05分", "2024-05-02T15:05"),
    ("ja", "2024年05月02日10:05", "2024-05-02T10:05"),
    ("ja", "令和6年5月2日", "2024-05-02"),
    ("ja", "２０２４年５月２日", "2024-05-02"),
    ("ja", "2024年5月", "2024-05"),
    ("zh", "2024年5月2日 10:05", "2024-05-02T10:05"),
    ("zh", "2024年5月2日 下午3:05", "2024-05-02T15:05"),
    ("zh", "2024年05月02日 星期四 10:05:30", "2024-05-02T10:05:30"),
    ("zh", "民國113年5月2日", "2024-05-02"),
    ("ko", "2024년 5월 2일", "2024-05-02"),
    ("ko", "2024년 5월 2일 오전 10시 30분", "2024-05-02T10:30"),
    ("ko", "2024.05.02 10:05", "2024-05-02T10:05"),
    ("ko", "2024. 5. 2. 오후 3:05", "2024-05-02T15:05"),
    ("ko", "입력 2024-05-02 10:05", "2024-05-02T10:05"),
    ("lt", "2024 m. gegužės 2 d. 10:05", "2024-05-02T10:05"),
    ("lv", "2024. gada 2. maijs, 10:05", "2024-05-02T10:05"),
    ("lv", "2. maijs 2024", "2024-05-02"),
    ("et", "2. mai 2024, kell 10:05", "2024-05-02T10:05"),
    ("et", "2. juuni 2024", "2024-06-02"),
    ("ca", "2 de maig de 2024", "2024-05-02"),
    ("eu", "2024ko maiatzaren 2a", "2024-05-02"),
    ("is", "2. maí 2024", "2024-05-02"),
    ("sq", "2 maj 2024", "2024-05-02"),
    ("ka", "2 მაისი 2024", "2024-05-02"),
    ("hy", "2 մայիսի 2024", "2024-05-02"),
    ("sw", "2 Mei 2024", "2024-05-02"),
];

/// Text, the part that is the date, moment; empty for none.
const FIND: &[(&str, &str, &str)] = &[
    (
        "The council met on 2 May 2024 at 10:00 and again in June.",
        "2 May 2024 at 10:00",
        "2024-05-02T10:00",
    ),
    ("In May 2024 the council met.", "", ""),
    ("The vote is on May 5, 2024, officials said.", "May 5, 2024", "2024-05-05"),
    ("It scored 3.5.2 points; see page 12/13.", "", ""),
    ("Version 10.5.24 was released.", "", ""),
    ("Released 10.05.24 in Berlin.", "10.05.24", "2024-05-10"),
    ("Call 030-12-05-2024 now", "", ""),
    ("On 2024-05-02, then 2024-05-03.", "2024-05-02", "2024-05-02"),
    ("Am 2. Mai 2024 kam er.", "2. Mai 2024", "2024-05-02"),
    ("2024年5月2日、東京で", "2024年5月2日", "2024-05-02"),
    ("Posted: 05/13/2024 10:30 PM", "05/13/2024 10:30 PM", "2024-05-13T22:30"),
    ("no date 20240502 here", "", ""),
    ("10:00-11:00", "", ""),
    ("Jane Doe - 2 May 2024 10:00 UTC - News", "2 May 2024 10:00 UTC", "2024-05-02T10:00Z"),
    ("On 31 February 2024 nothing, on 1 March 2024 something.", "1 March 2024", "2024-03-01"),
    ("1.2.2024.5", "", ""),
    ("(2 May 2024)", "2 May 2024", "2024-05-02"),
];

/// Address, moment; empty for none.
const URLS: &[(&str, &str)] = &[
    ("https://example.com/2024/05/02/slug", "2024-05-02"),
    ("https://example.com/2024/5/2/slug.html", "2024-05-02"),
    ("https://example.com/news/2024/may/02/slug", "2024-05-02"),
    ("https://example.com/2024/May/02/slug", "2024-05-02"),
    ("https://example.com/2024-05-02-slug", "2024-05-02"),
    ("https://example.com/slug-2024-05-02", "2024-05-02"),
    ("https://example.com/slug_2024_05_02.html", "2024-05-02"),
    ("https://example.com/20240502/slug", "2024-05-02"),
    ("https://example.com/slug-20240502.html", "2024-05-02"),
    ("https://example.com/a/20240502103000123", "2024-05-02"),
    ("https://example.com/view/ABC20240502001200315", "2024-05-02"),
    ("https://example.com/2024/0502/c1001.html", "2024-05-02"),
    ("https://example.com/2024-05/02/c_1.htm", "2024-05-02"),
    ("https://example.com/202405/t20240502_1.html", "2024-05-02"),
    ("https://example.com/202405/02/x.html", "2024-05-02"),
    ("https://example.com/2024/05/slug", "2024-05"),
    ("https://example.com/2024/05/", "2024-05"),
    ("https://example.com/2024-05/slug", "2024-05"),
    ("https://example.com/2024/13/slug", ""),
    ("https://example.com/2024/02/30/slug", "2024-02"),
    ("https://example.com/1714646400", ""),
    ("https://example.com/slug-1714646400.html", ""),
    ("https://example.com/article/20241399", ""),
    ("https://example.com/article/12345678", ""),
    ("https://example.com/1984/05/02/slug", ""),
    ("https://example.com/slug-2024-election", ""),
    ("https://example.com/?date=2024-05-02", ""),
    (
        "https://web.example.org/web/20240601000000/https://example.com/2024/05/02/slug",
        "2024-05-02",
    ),
    ("https://example.com/02-05-2024/slug", ""),
    ("https://example.com/25-05-2024-slug", "2024-05-25"),
    ("https://example.com", ""),
    ("", ""),
    ("not a url", ""),
    ("https://example.com/a-1-2-3/24-25", ""),
];

fn hint(language: &str) -> DateHint<'_> {
    DateHint { language: (!language.is_empty()).then_some(language), ..DateHint::default() }
}

fn stated(moment: Option<Moment>) -> String {
    moment.map_or(String::new(), |moment| moment.to_string())
}

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

#[test]
fn reads_dates() {
    let wrong: Vec<_> = READ
        .iter()
        .map(|(language, text, expected)| (*text, stated(read(text, &hint(language))), *expected))
        .filter(|(_, got, expected)| got != expected)
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn finds_dates() {
    let wrong: Vec<_> = FIND
        .iter()
        .map(|(text, part, expected)| {
            let found = find(text, &DateHint::default());
            let got = found.as_ref().and_then(|(range, _)| text.get(range.clone())).unwrap_or("");
            (*text, (got, stated(found.map(|(_, moment)| moment))), (*part, (*expected).to_owned()))
        })
        .filter(|(_, got, expected)| got != expected)
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn reads_addresses() {
    let wrong: Vec<_> = URLS
        .iter()
        .map(|(url, expected)| (*url, stated(from_url(url)), *expected))
        .filter(|(_, got, expected)| got != expected)
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn hints_decide() {
    let latest = Some(moment("2024-05-10T12:00:00Z"));
    let bound = DateHint { latest, ..DateHint::default() };
    // After the fetch, by more than a day for zones: not believed.
    assert_eq!(stated(read("2024-05-11", &bound)), "2024-05-11");
    assert_eq!(stated(read("2024-05-12", &bound)), "");
    // The fifth of June would be ahead, so that it is the sixth of May.
    assert_eq!(stated(read("05/06/2024", &bound)), "2024-05-06");
    // Without a year: the last such day.
    assert_eq!(stated(read("2 May, 10:00", &bound)), "2024-05-02T10:00");
    assert_eq!(stated(read("December 24", &bound)), "2023-12-24");
    // In prose the first believable date is found.
    let found = find("until 1 July 2024, said on 2 May 2024", &bound);
    assert_eq!(stated(found.map(|(_, moment)| moment)), "2024-05-02");
    let month_first = DateHint { day_first: Some(false), ..DateHint::default() };
    assert_eq!(stated(read("05/06/2024", &month_first)), "2024-05-06");
    let tag = |language| DateHint { language: Some(language), ..DateHint::default() };
    assert_eq!(stated(read("05/06/2024", &tag("EN_us"))), "2024-05-06");
    assert_eq!(stated(read("05/06/2024", &tag("en-USX"))), "2024-06-05");
}

#[test]
fn moments_have_parts() {
    let at = moment("2024-05-02T10:00:30+02:00");
    assert_eq!(at.date(), Date::constant(2024, 5, 2));
    assert_eq!(at.time(), Some(Time::constant(10, 0, 30, 0)));
    assert_eq!(at.offset(), Some(Offset::constant(2)));
    assert_eq!(at.precision(), Precision::Second);
    assert_eq!(moment("2024-05").precision(), Precision::Month);
    assert_eq!(moment("2024-05").date(), Date::constant(2024, 5, 1));
    assert_eq!(moment("2024-05-02").time(), None);
    assert_eq!(moment("2024-05-02T10:00").offset(), None);
    assert_eq!(Moment::from_day(2023, 2, 29), None);
    assert_eq!(Moment::from_epoch(i64::MAX), None);
}

#[test]
fn moments_are_ordered_by_instant() {
    let sorted = [
        "2024-05",
        "2024-05-01",
        "2024-05-02T10:00+02:00",
        "2024-05-02T09:00:00Z",
        "2024-05-02T09:00:01Z",
        "2024-05-02T05:30:00-05:00",
        "2024-05-03",
    ];
    let mut moments = sorted.map(moment);
    moments.reverse();
    moments.sort();
    assert_eq!(moments.map(|moment| moment.to_string()), sorted);
}

#[test]
fn moments_are_strings_in_json() {
    for text in [
        "2024-05",
        "2024-05-02",
        "2024-05-02T10:00",
        "2024-05-02T10:00:00Z",
        "2024-05-02T10:00:00-03:30",
    ] {
        let json = serde_json::to_string(&moment(text)).expect("json");
        assert_eq!(json, format!("{text:?}"));
        assert_eq!(serde_json::from_str::<Moment>(&json).expect("moment"), moment(text));
    }
    assert!(serde_json::from_str::<Moment>("\"2 May 2024\"").is_err());
}

#[test]
fn tables_are_sound() {
    lexicon::check(MONTHS, 3);
    lexicon::check(DATE_WORDS, 2);
    lexicon::check(ZONES, 3);
    assert!(lexicon::rows(MONTHS).all(|row| month_name(row[1]).is_some()));
    assert!(lexicon::rows(DATE_WORDS).all(|row| class_of(row[1]).is_some()));
    assert!(lexicon::rows(ZONES).all(|row| zone_of(row[1]).is_some()));
    let too_long = WORDS.keys().filter(|word| word.len() > WORD_BYTES);
    assert_eq!(too_long.count(), 0);
}

#[test]
fn long_texts_take_linear_time() {
    let text = "1/1/1/1/ 10:00 May 5 ".repeat(20_000);
    assert_eq!(find(&text, &DateHint::default()), None);
    assert_eq!(from_url(&format!("https://example.com/{}", "2024-".repeat(100_000))), None);
}

/// Texts of the parts of dates, which reach further into the reader than any string does.
fn date_like() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[0-9]{1,5}",
        "[./:T+ -]{1,2}",
        Just("May".to_owned()),
        Just("년".to_owned()),
        Just("月".to_owned()),
        Just("令和".to_owned()),
        Just("كانون الثاني".to_owned()),
        Just("p.m.".to_owned()),
        Just("UTC".to_owned()),
        Just("ET".to_owned()),
        Just("h".to_owned()),
        Just("'".to_owned()),
    ];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_string_is_read_without_panic(text in any::<String>(), language in "[a-zA-Z_-]{0,6}") {
        let hint = DateHint { latest: Moment::from_day(2024, 5, 2), ..hint(&language) };
        read(&text, &hint);
        from_url(&text);
        let _ = text.parse::<Moment>();
        if let Some((range, _)) = find(&text, &hint) {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn date_like_strings_are_read_without_panic(text in date_like()) {
        let hint = DateHint { latest: Moment::from_day(2100, 12, 31), ..DateHint::default() };
        from_url(&format!("https://example.com/{text}"));
        if let Some((range, _)) = find(&text, &hint) {
            prop_assert!(text.get(range).is_some());
        }
        if let Some(moment) = read(&text, &hint) {
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        }
    }
}
