using System.Globalization;
using System.Text;
using Hearth.Channels.Mail;
using Hearth.Channels.Mail.Mime;

namespace Hearth.Tests.Channels.Mail;

public class ReadLetterTests
{
    private static Letter Read(string text, string? trusted = null) => ReadLetter.Of(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), trusted)!;

    [Fact]
    public void Names_and_subjects_in_other_alphabets_are_read_and_neighbouring_words_joined()
    {
        var letter = Read("""
            From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <Juergen@Example.ORG>
            Subject: =?UTF-8?B?w5xiZXI=?= =?utf-8?q?_die_Kanne?=
             und mehr
            Message-ID: <a@example.org>
            Date: Tue, 1 Sep 2026 10:00:00 +0200 (CEST)

            Hallo
            """);

        Assert.Equal(("juergen@example.org", "Jürgen Müller", "Über die Kanne und mehr", "<a@example.org>"), (letter.From, letter.FromName, letter.Subject, letter.MessageId));
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero), letter.At);
        Assert.Equal((LetterKind.Written, "Hallo"), (letter.Kind, letter.Text.Own));
    }

    [Fact]
    public void Of_two_forms_the_plain_one_is_read_and_what_is_attached_is_a_file()
    {
        var letter = Read("""
            From: ann@example.org
            Subject: Broken lid
            Content-Type: multipart/mixed; boundary="out er"

            for old readers
            --out er
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe, the lid =
            broke
            --in
            Content-Type: text/html; charset=utf-8

            <p>Gr&uuml;&szlig;e, <b>the lid broke</b></p>
            --in--
            --out er
            Content-Type: image/png; name*=utf-8''na%C3%AFve%20lid.png
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment

            aGVs
            bG8=
            --out er--
            """);

        Assert.Equal("Grüße, the lid broke", letter.Text.Own);
        var file = Assert.Single(letter.Files);
        Assert.Equal(("naïve lid.png", "image/png", 5L, "hello"), (file.Name, file.MediaType, file.Size, Encoding.ASCII.GetString(file.Content!)));
    }

    [Fact]
    public void A_letter_of_html_alone_is_read_as_a_person_reads_it()
    {
        var letter = Read("From: ann@example.org\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style></head><body><p>The lid</p><p>broke &amp; leaks</p><script>x()</script></body></html>");

        Assert.Equal("The lid\n\nbroke & leaks", letter.Text.Own);
    }

    [Theory]
    [InlineData("<p>Red, please.</p><blockquote type='cite'><p>Which colour?</p><blockquote>A lid</blockquote></blockquote>", "Red, please.", "> Which colour?\n>\n> > A lid")]
    [InlineData("<div dir='ltr'>Red, please.</div><div class='gmail_quote'><div>On Mon, 1 Sep 2026 at 10:00, Care &lt;care@brand.example&gt; wrote:<br></div><blockquote><div>Which<br>colour?</div></blockquote></div>", "Red, please.", "On Mon, 1 Sep 2026 at 10:00, Care <care@brand.example> wrote:\n\n> Which\n> colour?")]
    [InlineData("<table><tr><td>Lid</td><td>2</td></tr><tr><td>Box</td><td>1</td></tr></table><img src='https://x.example/t.gif' alt='A broken lid'><img src='https://x.example/pixel.gif' alt=''>", "Lid 2\n\nBox 1\n[A broken lid]", null)]
    public void A_letter_of_html_alone_reads_as_its_plain_form_would(string html, string own, string? folded)
    {
        var letter = Read($"From: ann@example.org\nContent-Type: text/html; charset=utf-8\n\n{html}");
        Assert.Equal((own, folded), (letter.Text.Own, letter.Text.Folded));
    }

    [Fact]
    public void Of_too_many_files_the_first_are_kept_and_one_that_is_too_large_by_its_name_alone()
    {
        var mail = new StringBuilder("From: ann@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee these\n");
        for (var n = 0; n < 25; n++) mail.Append(CultureInfo.InvariantCulture, $"--b\nContent-Type: application/pdf; name=f{n}.pdf\nContent-Disposition: attachment\n\n{(n == 3 ? new string('x', ReadLetter.MaxFile + 1) : "x")}\n");
        var letter = Read(mail.Append("--b--\n").ToString());
        Assert.Equal(ReadLetter.MaxFiles, letter.Files.Count);
        Assert.Equal(("f3.pdf", ReadLetter.MaxFile + 1L, null), (letter.Files[3].Name, letter.Files[3].Size, letter.Files[3].Content));
        Assert.Equal("See these", letter.Text.Own);
    }

    [Theory]
    [InlineData("Thanks!\n\nOn Mon, 1 Sep 2026 at 10:00, Care <care@brand.example> wrote:\n> We send a lid.\n> Ada", "Thanks!", "On Mon")]
    [InlineData("Danke!\n\nAm 01.09.2026 um 10:00 schrieb Care:\n\n> Wir senden einen Deckel.", "Danke!", "Am 01.09.2026")]
    [InlineData("Yes please.\n\n-- \nAnn Berg\nBaker Street 1", "Yes please.", "-- \nAnn")]
    [InlineData("Yes please.\n\nSent from my iPhone", "Yes please.", "Sent from")]
    [InlineData("It leaks.\n\n-----Original Message-----\nFrom: Care\nSent: Monday\n\nHello", "It leaks.", "-----Original")]
    [InlineData("> Which colour?\nRed.\n> Which size?\nLarge.", "> Which colour?\nRed.\n> Which size?\nLarge.", null)]
    [InlineData("> all quoted", "> all quoted", null)]
    public void What_only_comes_along_is_folded_away_and_nothing_that_somebody_wrote(string text, string own, string? folded)
    {
        var read = FoldText.Of(text);

        Assert.Equal(own, read.Own);
        if (folded is null) Assert.Null(read.Folded);
        else Assert.StartsWith(folded, read.Folded!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", LetterKind.Automatic)]
    [InlineData("Auto-Submitted: no", LetterKind.Written)]
    [InlineData("Precedence: bulk", LetterKind.Automatic)]
    [InlineData("X-Autoreply: yes", LetterKind.Automatic)]
    [InlineData("X-Mailer: Thunder", LetterKind.Written)]
    public void What_a_machine_wrote_is_known_by_its_fields(string field, LetterKind kind) => Assert.Equal(kind, Read($"From: ann@example.org\n{field}\n\nI am away").Kind);

    [Fact]
    public void A_report_says_which_letter_of_ours_did_not_arrive_and_why()
    {
        var letter = Read("""
            From: MAILER-DAEMON@mx.example.org
            Content-Type: multipart/report; report-type=delivery-status; boundary=b
            Subject: Undelivered

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; Ann@Example.org
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 no such user
            --b
            Content-Type: text/rfc822-headers

            From: care@brand.example
            Message-ID: <ours@brand.example>
            --b--
            """);

        Assert.Equal(LetterKind.Bounce, letter.Kind);
        Assert.Equal(new BounceReport("ann@example.org", "5.1.1", "550 no such user", true, "<ours@brand.example>"), letter.Bounce);
    }

    [Fact]
    public void Only_the_trusted_server_is_believed_about_the_sender()
    {
        const string Fields = "Authentication-Results: mx.brand.example; dkim=pass header.d=example.org; spf=fail\nAuthentication-Results: evil.example; dmarc=pass\nFrom: ann@example.org\n\nHi";

        Assert.Equal("dkim=pass spf=fail", Read(Fields, "mx.brand.example").Checks);
        Assert.Null(Read(Fields).Checks);
        Assert.Null(Read(Fields, "other.example").Checks);
    }

    [Fact]
    public void Whatever_the_bytes_are_reading_ends()
    {
        var random = new Random(5322);
        var seed = Encoding.UTF8.GetBytes("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\nSubject: =?utf-8?q?=C3?=\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n");
        for (var n = 0; n < 3_000; n++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(12); change >= 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ReadLetter.Of(bytes.AsSpan(0, random.Next(bytes.Length + 1)), null);
        }

        var deep = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"));
        Assert.NotNull(ReadLetter.Of(Encoding.ASCII.GetBytes("From: a@b.example\r\n" + deep), null));
    }
}
