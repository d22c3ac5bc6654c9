using Hearth.Channels.Mastodon;

namespace Hearth.Tests.Channels;

public class SteadyIdTests
{
    [Theory]
    [InlineData("17953741164ad98801e14198b7c9fe93033ab9dbee", "00000000004ad98801e14198b7c9fe93033ab9dbee")] // snac2, as it was written
    [InlineData("17953741284ad98801e14198b7c9fe93033ab9dbee", "00000000004ad98801e14198b7c9fe93033ab9dbee")] // the same after an answer
    [InlineData("00000000004ad98801e14198b7c9fe93033ab9dbee", "00000000004ad98801e14198b7c9fe93033ab9dbee")]
    [InlineData("115579340263417926", "115579340263417926")] // Mastodon
    [InlineData("01JDA3W6V6R2H5G0Q0Y3C8Q4ZK", "01JDA3W6V6R2H5G0Q0Y3C8Q4ZK")] // GoToSocial
    [InlineData("AoKz2cXfPqZ8wQ5jLk", "AoKz2cXfPqZ8wQ5jLk")] // Pleroma
    [InlineData("1795374116zzd98801e14198b7c9fe93033ab9dbee", "1795374116zzd98801e14198b7c9fe93033ab9dbee")]
    public void A_status_keeps_its_id_whatever_becomes_of_it(string given, string kept) => Assert.Equal(kept, SteadyId.Of(given));
}
