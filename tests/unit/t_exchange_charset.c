// Encodings told from bytes, and texts made UTF-8.
#include "t.h"

#include <iconv.h>
#include <string.h>

#include "exchange/charset.h"

// `text` in the encoding that iconv calls `to`.
static void encode(const char *text, const char *to, struct buf *out)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    char piece[4096], *copy = mem_copy(text, strlen(text)), *in = copy, *end = piece;
    size_t left = strlen(text), room = sizeof(piece);

    assert_true((intptr_t)converter != -1);
    assert_int_equal(iconv(converter, &in, &left, &end, &room), 0);
    (void)iconv(converter, NULL, NULL, &end, &room);
    buf_add(out, sv_of(piece, (size_t)(end - piece)));
    iconv_close(converter);
    mem_free(copy);
}

static struct charset_found must_read(struct sv bytes, enum charset_id asked, bool is_page,
                                      const char *want)
{
    struct charset_found found;
    struct buf out = { 0 };
    struct err err = { 0 };

    assert_true(charset_read(bytes, asked, is_page, &out, &found, &err));
    if (want)
        assert_string_equal(buf_cstr(&out), want);
    buf_release(&out);
    return found;
}

static const char french[] = "Le ministre a été tué à Kaboul, où il présidait une réunion ; « la "
                             "sécurité était insuffisante », a déclaré un élu.";
static const char german[] = "Der Minister wurde in Kabul getötet. Für die Behörden ist das ein "
                             "Rückschlag, größer als alle früheren.";
static const char spanish[] = "El ministro murió en una explosión. ¿Quién fue? Según la policía, "
                              "nadie lo sabía mañana ni ayer; así siguió el año.";
static const char polish[] =
    "Minister zginął w wybuchu. Według świadków było sześć ofiar, a władze "
    "nie chcą tego potwierdzić; źródła milczą.";
static const char czech[] =
    "Ministr zahynul při výbuchu. Podle svědků bylo šest obětí, úřady to však "
    "dosud nepotvrdily a čekají na vyšetření.";
static const char hungarian[] =
    "A miniszter meghalt a robbanásban. A szemtanúk szerint hat áldozat volt, "
    "de a hatóságok ezt még nem erősítették meg, sőt tűrik.";
static const char turkish[] =
    "Bakan patlamada öldü. Görgü tanıkları altı kişinin öldüğünü söyledi, "
    "yetkililer ise bunu doğrulamadı; araştırma sürüyor şimdi.";
static const char russian[] =
    "Министр погиб при взрыве в Кабуле. По словам очевидцев, погибли шесть "
    "человек, но власти это пока не подтвердили.";
static const char ukrainian[] =
    "Міністр загинув під час вибуху. За словами очевидців, загинули шість "
    "осіб, але влада цього ще не підтвердила; її заяви немає.";
static const char greek[] =
    "Ο υπουργός σκοτώθηκε στην έκρηξη. Σύμφωνα με αυτόπτες μάρτυρες τα θύματα "
    "ήταν έξι, αλλά οι αρχές δεν το επιβεβαίωσαν.";
static const char arabic[] =
    "قتل الوزير في الانفجار. وقال شهود إن ستة أشخاص قتلوا لكن السلطات لم تؤكد ذلك "
    "حتى الآن.";
static const char hebrew[] =
    "השר נהרג בפיצוץ. לדברי עדי ראייה נהרגו שישה בני אדם, אך הרשויות עדיין לא "
    "אישרו זאת.";
static const char thai[] = "รัฐมนตรีเสียชีวิตจากเหตุระเบิด พยานกล่าวว่ามีผู้เสียชีวิตหกคน แต่ทางการยังไม่ยืนยัน";
static const char japanese[] =
    "大臣は爆発で死亡した。目撃者によると六人が死亡したが、当局はまだこれを確認していない。"
    "カブールのテロとみられる。";
static const char chinese[] = "部长在爆炸中身亡。目击者说有六人死亡，但是当局还没有对此作出证实，"
                              "也不知道这是谁的行动。";
static const char taiwanese[] = "部長在爆炸中身亡。目擊者說有六人死亡，但是當局還沒有對此作出證實，"
                                "也不知道這是誰的行動。";
static const char korean[] =
    "장관이 폭발로 사망했다. 목격자들은 여섯 명이 숨졌다고 말했지만 당국은 아직 이를 "
    "확인하지 않고 있다.";

static void an_encoding_is_told_by_its_letters(void **state)
{
    static const struct {
        const char *text, *encoding;
        enum charset_id want;
    } cases[] = {
        { french, "CP1252", CHARSET_WINDOWS1252 },
        { german, "CP1252", CHARSET_WINDOWS1252 },
        { spanish, "CP1252", CHARSET_WINDOWS1252 },
        { polish, "CP1250", CHARSET_WINDOWS1250 },
        { polish, "ISO-8859-2", CHARSET_ISO88592 },
        { czech, "CP1250", CHARSET_WINDOWS1250 },
        { czech, "ISO-8859-2", CHARSET_ISO88592 },
        { hungarian, "CP1250", CHARSET_WINDOWS1250 },
        { turkish, "CP1254", CHARSET_WINDOWS1254 },
        { russian, "CP1251", CHARSET_WINDOWS1251 },
        { russian, "KOI8-R", CHARSET_KOI8R },
        { russian, "ISO-8859-5", CHARSET_ISO88595 },
        { russian, "CP866", CHARSET_IBM866 },
        { ukrainian, "CP1251", CHARSET_WINDOWS1251 },
        { ukrainian, "KOI8-U", CHARSET_KOI8U },
        { greek, "CP1253", CHARSET_WINDOWS1253 },
        { arabic, "CP1256", CHARSET_WINDOWS1256 },
        { arabic, "ISO-8859-6", CHARSET_ISO88596 },
        { hebrew, "CP1255", CHARSET_WINDOWS1255 },
        { thai, "CP874", CHARSET_WINDOWS874 },
        { japanese, "CP932", CHARSET_SHIFTJIS },
        { japanese, "EUC-JP", CHARSET_EUCJP },
        { japanese, "ISO-2022-JP", CHARSET_ISO2022JP },
        { chinese, "GB18030", CHARSET_GB18030 },
        { taiwanese, "BIG5", CHARSET_BIG5 },
        { korean, "EUC-KR", CHARSET_EUCKR },
        { russian, "UTF-16LE", CHARSET__N }, // no zeros in it: not told without a mark
        { french, "UTF-16LE", CHARSET_UTF16LE },
        { french, "UTF-16BE", CHARSET_UTF16BE },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf bytes = { 0 };

        encode(cases[i].text, cases[i].encoding, &bytes);
        if (cases[i].want == CHARSET__N) {
            buf_release(&bytes);
            continue;
        }

        struct charset_found found = must_read(buf_sv(&bytes), CHARSET__N, false, NULL);

        if (found.id != cases[i].want)
            fail_msg("%s text %zu: taken for %s", cases[i].encoding, i, charset_name(found.id));
        (void)must_read(buf_sv(&bytes), CHARSET__N, false, cases[i].text);
        assert_int_equal(found.why, CHARSET_LIKELY);
        assert_int_equal(found.bad, 0);
        buf_release(&bytes);
    }
}

static void marks_and_declarations_count(void **state)
{
    const struct {
        struct sv bytes;
        bool is_page;
        enum charset_id want, declared;
        enum charset_why why;
        const char *text;
    } cases[] = {
        { SV("\xef\xbb\xbf"
             "a"),
          false, CHARSET_UTF8, CHARSET__N, CHARSET_MARK, "a" },
        { SV("\xff\xfe"
             "a\0"),
          false, CHARSET_UTF16LE, CHARSET__N, CHARSET_MARK, "a" },
        { SV("\xfe\xff\0a"), false, CHARSET_UTF16BE, CHARSET__N, CHARSET_MARK, "a" },
        { SV("\xff\xfe\0\0a\0\0\0"), false, CHARSET_UTF32LE, CHARSET__N, CHARSET_MARK, "a" },
        { SV("plain"), false, CHARSET_UTF8, CHARSET__N, CHARSET_VALID, "plain" },
        { SV("caf\xc3\xa9"), false, CHARSET_UTF8, CHARSET__N, CHARSET_VALID, "caf\xc3\xa9" },
        { SV("caf\xe9"), false, CHARSET_WINDOWS1252, CHARSET__N, CHARSET_LIKELY, "caf\xc3\xa9" },
        { SV("<meta charset=\"koi8-r\">\xd7\xcf"), true, CHARSET_KOI8R, CHARSET__N,
          CHARSET_DECLARED, "<meta charset=\"koi8-r\">\xd0\xb2\xd0\xbe" },
        { SV("<META http-equiv=x content='text/html; CHARSET = ISO-8859-1'>\x93"), true,
          CHARSET_WINDOWS1252, CHARSET__N, CHARSET_DECLARED,
          "<META http-equiv=x content='text/html; CHARSET = ISO-8859-1'>\xe2\x80\x9c" },
        { SV("<?xml version=\"1.0\" encoding=\"ISO-8859-5\"?>\xd0"), true, CHARSET_ISO88595,
          CHARSET__N, CHARSET_DECLARED, "<?xml version=\"1.0\" encoding=\"ISO-8859-5\"?>\xd0\xb0" },
        // A page that was saved in UTF-8 and still says what it was.
        { SV("<meta charset=iso-8859-1>caf\xc3\xa9"), true, CHARSET_UTF8, CHARSET_WINDOWS1252,
          CHARSET_VALID, "<meta charset=iso-8859-1>caf\xc3\xa9" },
        { SV("<meta charset=iso-8859-1>cafe"), true, CHARSET_UTF8, CHARSET__N, CHARSET_VALID,
          "<meta charset=iso-8859-1>cafe" },
        { SV("<meta charset=utf-8>caf\xe9 et th\xe9"), true, CHARSET_WINDOWS1252, CHARSET_UTF8,
          CHARSET_LIKELY, "<meta charset=utf-8>caf\xc3\xa9 et th\xc3\xa9" },
        { SV("<!-- <meta charset=koi8-r> --><meta charset=nonsense>\xe9"), true,
          CHARSET_WINDOWS1252, CHARSET__N, CHARSET_LIKELY,
          "<!-- <meta charset=koi8-r> --><meta charset=nonsense>\xc3\xa9" },
        { SV("<meta charset=koi8-r>\xd7\xcf"), false, CHARSET_WINDOWS1252, CHARSET__N,
          CHARSET_LIKELY, NULL }, // no page: nothing is declared
        { SV(""), false, CHARSET_UTF8, CHARSET__N, CHARSET_VALID, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct charset_found found =
            must_read(cases[i].bytes, CHARSET__N, cases[i].is_page, cases[i].text);

        if (!cases[i].text)
            continue;
        if (found.id != cases[i].want || found.why != cases[i].why)
            fail_msg("case %zu: %s", i, charset_name(found.id));
        assert_int_equal(found.declared, cases[i].declared);
    }
}

static void what_means_nothing_is_replaced_and_counted(void **state)
{
    struct charset_found found;

    (void)state;
    found = must_read(SV("a\x81z"), CHARSET_WINDOWS1252, false, "a\xef\xbf\xbdz");
    assert_int_equal(found.bad, 1);
    assert_int_equal(found.first_bad, 1);
    found = must_read(SV("\xef\xbb\xbf"
                         "a\xff"),
                      CHARSET_UTF8, false, "a\xef\xbf\xbd");
    assert_int_equal(found.bad, 1);
    assert_int_equal(found.first_bad, 4);
    found = must_read(SV("\x83"), CHARSET_SHIFTJIS, false, "\xef\xbf\xbd");
    assert_int_equal(found.bad, 1);
}

static void labels_are_those_of_browsers(void **state)
{
    static const struct {
        const char *label;
        enum charset_id want;
    } cases[] = {
        { "latin1", CHARSET_WINDOWS1252 },
        { " ISO-8859-1 ", CHARSET_WINDOWS1252 },
        { "gb2312", CHARSET_GB18030 },
        { "SHIFT_JIS", CHARSET_SHIFTJIS },
        { "x", CHARSET__N },
        { "", CHARSET__N },
        { "utf-8 koi8-r", CHARSET__N },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", CHARSET__N },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(charset_find(sv_from(cases[i].label)), cases[i].want);
    for (enum charset_id id = 0; id < CHARSET__N; id++)
        assert_int_equal(charset_find(sv_from(charset_name(id))), id);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encoding_is_told_by_its_letters),
        cmocka_unit_test(marks_and_declarations_count),
        cmocka_unit_test(what_means_nothing_is_replaced_and_counted),
        cmocka_unit_test(labels_are_those_of_browsers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
