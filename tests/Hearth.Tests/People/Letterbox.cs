using System.Globalization;
using System.Text;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.People;

/// <summary>A mailbox of the brand that letters are brought to.</summary>
internal sealed class Letterbox(TestHouse house, SourceId source)
{
    public const string Address = "care@brand.example";

    public SourceId Source => source;

    /// <param name="house">Where.</param>
    /// <param name="port">Of the mail server that answers leave by.</param>
    public static async Task<Letterbox> In(TestHouse house, int port = 25)
    {
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));
        Assert.Empty((await house.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError> Errors)>(c => c.Add(new(Address, "Brand Care"), default))).Errors);
        await house.Settle();
        return new(house, await house.With<Database, SourceId>(db => db.Set<SourceRow>().AsNoTracking().Where(s => s.Kind == "email").Select(s => s.Id).SingleAsync()));
    }

    public byte[] Letter(string from, string id, DateTimeOffset at) => Encoding.UTF8.GetBytes(
        $"From: The {from} <{from}@home.example>\r\nTo: {Address}\r\nSubject: {from} writes\r\nMessage-ID: <{id}@{from}.example>\r\nDate: {at.ToString("r", CultureInfo.InvariantCulture)}\r\n\r\nMy flask leaks. {from}\r\n");

    public Task<bool> Take(byte[] raw) => house.With<ReceiveLetters, bool>(r => r.Take(source.Value, raw, default));
}
