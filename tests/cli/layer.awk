# One annotator's reading of one article of tests/cli/workspace.inc. -v annotator article sha cps
#   every 3rd claim is the mayor's; every 4th is what the police say that residents say; every 5th is a quantity;
#   every 9th is marked as contested; every 10th contradicts its namesake in the other article (stored in the
#   dam by ana, in the levee by ben); within the dam 27, 54, 81 undercut their next neighbours;
#   1, 51, 101 are omitted by the other article (stored where the claims are of the dam)
function id(letter, art, n)
{
    return sprintf("%s%s%s%05d", letter, annotator == "ana" ? "a" : "b", art == "dam" ? "d" : "v", n)
}
BEGIN {
    other = article == "dam" ? "levee" : "dam"
    print "gainsay: 1\narticle: flood/" article "\nannotator: " annotator
    print "text:\n  sha256: " sha "\n  length: " cps "\nclaims:"
    head = length("Uberschrift - TT, der Bericht uber " article) + 2
    for (i = 1; i <= 135; i++) {
        sentence = sprintf("Sentence %03d of the %s says that %d people came", i, article, i * 7 % 100)
        print "\n- id: " id("c", article, i) "\n  span:"
        print "  - at: [" head ", " head + length(sentence) "]\n    quote: " sentence
        print "    after: ."
        head += length(sentence) + 2
        if (i % 7 == 0)
            print "  says: People came, says number " i "."
        print "  type: " (i % 5 ? "event" : "quantity")
        print "  topic: " (i % 2 ? "odd" : "even")
        if (i % 5 == 0)
            print "  values:\n  - what: people\n    number: " i * 7 % 100 "\n    bound: exactly"
        if (i % 3 == 0 || i % 4 == 0)
            print "  attributed_to:"
        if (i % 3 == 0)
            print "  - source: mayor\n    act: confirms"
        if (i % 4 == 0)
            print "  - source: police\n    act: reports\n    citing:\n      source: residents\n      act: alleges"
        if (i % 9 == 0)
            print i % 2 ? "  contested: {}" : "  contested:\n    by: [police]\n    why: it is said twice"
        print "  created: 2026-11-22T03:10:00Z"
    }
    stores = article == (annotator == "ana" ? "dam" : "levee")
    print "links:"
    for (i = 1; i <= 135; i++) {
        if (i % 10 == 0 && stores)
            link(i, "article: flood/" other "\n    claim: " id("c", other, i), "contradicts\n  point: number")
        if (i % 27 == 0 && i < 100 && article == "dam")
            link(i, "claim: " id("c", article, i + 1), "undercuts")
        if (i % 50 == 1 && article == "dam")
            link(i, "article: flood/" other, "omits\n  searched: [flood]")
    }
    title = "Überschrift — 東京, der Bericht über " article
    print "furniture:\n\n- id: " id("f", article, 1) "\n  span:\n  - at: [0, " 35 + length(article) "]\n    quote: " title
    print "notes:\n\n- id: " id("n", article, 1) "\n  span:\n  - at: [14, 16]\n    quote: 東京\n    before: 'Überschrift — '"
    print "  kind: question\n  text: |\n    Why Tokyo?\n    Why here?"
    print "read:\n- [0, " cps "]"
}
function link(i, to, type)
{
    print "\n- id: " id("l", article, i + (type ~ /omits/ ? 500 : type ~ /under/ ? 200 : 0)) "\n  from: " id("c", article, i)
    print "  to:\n    " to "\n  type: " type
    if (type !~ /omits/)
        print "  why: number " i
}
