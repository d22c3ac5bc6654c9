using System.Text.Json.Nodes;
using Hearth.Channels.ActivityPub;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>Real servers are the second opinion on both styles: Fedify and snac2, in Peers. Here is what must be refused.</summary>
public class SignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<SignatureStyle> Styles => [SignatureStyle.Rfc9421, SignatureStyle.Cavage];

    private static SignedRequest Signed(Somebody who, SignatureStyle style) => who.Sends(who.Does("Like", "1", FakeFediverse.Actor), style, Now, FakeFediverse.Inbox + "?a=1");

    private static bool IsTrusted(SignedRequest request, Somebody who, DateTimeOffset? now = null) =>
        HttpSignatures.Read(request, now ?? Now, out _) is { } claim && claim.KeyId == who.KeyId && HttpSignatures.Verify(claim, who.Key.ExportSubjectPublicKeyInfoPem());

    [Theory, MemberData(nameof(Styles))]
    public void What_was_signed_is_trusted_within_an_hour_and_with_no_other_key(SignatureStyle style)
    {
        using var ada = new Somebody("ada.example", "ada");
        using var eve = new Somebody("eve.example", "eve");
        var request = Signed(ada, style);
        Assert.True(IsTrusted(request, ada));
        Assert.True(IsTrusted(request, ada, Now.AddMinutes(59)));
        Assert.False(IsTrusted(request, ada, Now.AddMinutes(61)));
        Assert.False(IsTrusted(request, ada, Now.AddMinutes(-61)));
        Assert.True(HttpSignatures.Read(request, Now, out _) is { } claim && !HttpSignatures.Verify(claim, eve.Key.ExportSubjectPublicKeyInfoPem()));
    }

    [Theory, MemberData(nameof(Styles))]
    public void Nothing_that_the_signature_covers_can_be_changed(SignatureStyle style)
    {
        using var ada = new Somebody("ada.example", "ada");
        var request = Signed(ada, style);
        Assert.False(IsTrusted(request with { Body = [.. request.Body, (byte)' '] }, ada));
        Assert.False(IsTrusted(request with { Method = "PUT" }, ada));
        Assert.False(IsTrusted(request with { Target = new(FakeFediverse.Inbox + "?a=2") }, ada));
        Assert.False(IsTrusted(request with { Target = new("https://other.example/ap/actors/hearthside/inbox?a=1") }, ada));
        foreach (var header in request.Headers.Keys.Where(h => h is not "host")) Assert.False(IsTrusted(request with { Headers = request.Headers.Where(h => h.Key != header).ToDictionary() }, ada), header);
    }

    [Theory]
    [InlineData("sig1=(\"@method\" \"content-digest\")")] // not where it goes
    [InlineData("sig1=(\"@method\" \"@target-uri\")")] // not what it says
    [InlineData("sig1=(\"@target-uri\" \"content-digest\")")]
    [InlineData("sig1=()")]
    [InlineData("sig1=(\"@method\" \"@target-uri\" \"content-digest\";bs)")]
    [InlineData("sig1")]
    [InlineData("")]
    public void A_signature_that_covers_too_little_is_refused_before_its_key_is_asked_for(string input)
    {
        using var ada = new Somebody("ada.example", "ada");
        var request = Signed(ada, SignatureStyle.Rfc9421);
        var headers = new Dictionary<string, string>(request.Headers) { ["signature-input"] = input + $";created={Now.ToUnixTimeSeconds()};keyid=\"{ada.KeyId}\"" };
        Assert.Null(HttpSignatures.Read(request with { Headers = headers }, Now, out var wrong));
        Assert.NotNull(wrong);
    }

    [Theory]
    [InlineData("host date digest")]
    [InlineData("(request-target) host date")]
    [InlineData("(request-target) host digest")]
    [InlineData("(request-target) date digest")]
    [InlineData("(request-target) host date digest x-not-there")]
    public void An_old_signature_that_covers_too_little_is_refused_as_well(string covered)
    {
        using var ada = new Somebody("ada.example", "ada");
        var request = Signed(ada, SignatureStyle.Cavage);
        var headers = new Dictionary<string, string>(request.Headers) { ["signature"] = request.Headers["signature"].Replace("(request-target) host date digest", covered, StringComparison.Ordinal) };
        Assert.Null(HttpSignatures.Read(request with { Headers = headers }, Now, out _));
    }

    [Theory]
    [InlineData("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", true)] // of nothing
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", true)]
    [InlineData("md5=1B2M2Y8AsgTpgAmY7PhCfg==", false)]
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, sha-512=:AAAA:", false)]
    [InlineData("sha-256=:AAAA:", false)]
    [InlineData("", false)]
    public void A_digest_fits_when_all_that_are_trusted_do(string header, bool fits) => Assert.Equal(fits, Digests.Fits(header, []));

    [Fact]
    public void Text_becomes_html_in_which_nothing_of_it_acts()
    {
        var named = new Dictionary<string, NamedActor> { ["@ada@ada.example"] = new("https://ada.example/users/ada", "ada", "ada.example", "https://ada.example/@ada") };
        Assert.Equal("<p>1 &lt; 2 &amp; <a href=\"https://a.example/x?y=1&amp;z=(2)\" rel=\"nofollow noopener\" target=\"_blank\">https://a.example/x?y=1&amp;z=(2)</a>.<br>two</p><p>three</p>",
            NoteHtml.Paragraphs("1 < 2 & https://a.example/x?y=1&z=(2).\ntwo\n\nthree"));
        Assert.Equal("<p>hi <span class=\"h-card\"><a href=\"https://ada.example/@ada\" class=\"u-url mention\">@ada</a></span>. @eve@eve.example a@b.example</p>",
            NoteHtml.Paragraphs("hi @ada@ada.example. @eve@eve.example a@b.example", named));
        Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt; https://</p>", NoteHtml.Paragraphs("<script>alert(1)</script> https://"));
    }
}
