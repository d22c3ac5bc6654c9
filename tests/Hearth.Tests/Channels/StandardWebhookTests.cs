using System.Text;
using Hearth.Channels.Webhooks;

namespace Hearth.Tests.Channels;

public class StandardWebhookTests
{
    // The example of the Standard Webhooks reference libraries (standard-webhooks/standard-webhooks, test of sign()).
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");

    [Fact]
    public void The_example_of_the_specification_is_signed_and_trusted()
    {
        Assert.Equal(Signature, StandardWebhook.Sign(Secret, Id, At, Body));
        Assert.Null(Refuse());
    }

    [Fact]
    public void One_good_signature_among_several_is_enough() =>
        Assert.Null(Refuse(signature: $"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,abc {Signature} v1a,xyz"));

    [Theory]
    [InlineData(-301, "older"), InlineData(301, "future")]
    public void A_message_out_of_time_is_refused(int seconds, string why) =>
        Assert.Contains(why, StandardWebhook.Refuse(Secret, Id, "1614265330", Signature, Body, At.AddSeconds(-seconds)), StringComparison.Ordinal);

    [Theory]
    [InlineData(-300), InlineData(300)]
    public void Five_minutes_are_still_in_time(int seconds) => Assert.Null(StandardWebhook.Refuse(Secret, Id, "1614265330", Signature, Body, At.AddSeconds(seconds)));

    [Fact]
    public void What_is_changed_or_missing_is_refused_by_name()
    {
        Assert.Equal("no signature fits", StandardWebhook.Refuse(Secret, Id, "1614265330", Signature, [.. Body, (byte)' '], At));
        Assert.Equal("no signature fits", StandardWebhook.Refuse(StandardWebhook.NewSecret(), Id, "1614265330", Signature, Body, At));
        Assert.Equal("no signature fits", Refuse(id: "msg_other"));
        Assert.Equal("no signature fits", Refuse(signature: "v1,not-base64!"));
        Assert.Equal("no signature fits", Refuse(signature: "v1,"));
        Assert.Equal("no signature fits", Refuse(signature: "v1," + new string('A', 400)));
        Assert.Equal("the header webhook-id is missing", Refuse(id: ""));
        Assert.Equal("the header webhook-signature is missing", Refuse(signature: ""));
        Assert.Equal("the header webhook-timestamp is missing", StandardWebhook.Refuse(Secret, Id, null, Signature, Body, At));
        Assert.Contains("no Unix time", StandardWebhook.Refuse(Secret, Id, "now", Signature, Body, At), StringComparison.Ordinal);
    }

    private static string? Refuse(string id = Id, string signature = Signature) => StandardWebhook.Refuse(Secret, id, "1614265330", signature, Body, At);
}
