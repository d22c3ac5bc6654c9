using System.IO.Compression;
using System.Text;
using Hearth.Channels.Files;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening;

/// <summary>Files that are not rows. The outbox has the shape of an archive as docs.joinmastodon.org/spec/activitypub describes it; names and words are made up.</summary>
public class ImportFormatsTests
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    private static string Note(int n, string content, string to = Public, string extra = "") => $$"""
        {"id":"https://inst.example/users/ann/statuses/{{n}}/activity","type":"Create","actor":"https://inst.example/users/ann","published":"2026-08-0{{n}}T10:00:00Z","to":["{{to}}"],"cc":["https://inst.example/users/ann/followers"],
         "object":{"id":"https://inst.example/users/ann/statuses/{{n}}","type":"Note","summary":null,"inReplyTo":null,"published":"2026-08-0{{n}}T10:00:00Z","url":"https://inst.example/@ann/{{n}}",
         "attributedTo":"https://inst.example/users/ann","to":["{{to}}"],"cc":["https://inst.example/users/ann/followers"],"content":"{{content}}","contentMap":{"en":"{{content}}"},"attachment":[],"tag":[]{{extra}} } }
        """;

    private static readonly string Outbox = $$"""
        {
          "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection", "totalItems": 5,
          "orderedItems": [ {{Note(1, "<p>My shoes fell apart</p>")}}, {{Note(2, "<p>for followers</p>", "https://inst.example/users/ann/followers")}},
            {"id":"https://inst.example/users/ann/statuses/3/activity","type":"Announce","actor":"https://inst.example/users/ann","published":"2026-08-03T10:00:00Z","to":["{{Public}}"],"object":"https://other.example/1"},
            {{Note(4, "<p>Second<br>line &amp; <a href=\\\"https://shop.example/very/long\\\"><span class=\\\"invisible\\\">https://</span><span class=\\\"ellipsis\\\">shop.example/ve</span></a></p>")}},
            {{Note(5, "<p>An answer</p>", Public, ",\"updated\":\"2026-08-06T10:00:00Z\"").Replace("\"inReplyTo\":null", "\"inReplyTo\":\"https://inst.example/users/ann/statuses/1\"", StringComparison.Ordinal)}} ],
          "first": {"ignored": true}
        }
        """;

    private const string Statuses = """
        {"id":"11","uri":"https://inst.example/11","created_at":"2026-08-01T10:00:00.000Z","visibility":"public","language":"de","content":"<p>Schuhe von <span class=\"h-card\"><a href=\"https://inst.example/@brand\" class=\"u-url mention\">@<span>brand</span></a></span></p>","spoiler_text":"Kaputt","account":{"id":"1","acct":"ann","url":"https://inst.example/@ann","followers_count":7},"media_attachments":[{"type":"image","description":"a shoe"}],"mentions":[],"tags":[],"in_reply_to_id":null,"reblog":null}
        {"id":"12","uri":"https://inst.example/12","created_at":"2026-08-01T11:00:00.000Z","visibility":"direct","content":"<p>secret</p>","account":{"id":"1","acct":"ann","url":"https://inst.example/@ann"}}
        {"id":"13","uri":"https://inst.example/13","created_at":"2026-08-01T12:00:00.000Z","visibility":"public","content":"<p>unclosed
        {"id":"14","uri":"https://inst.example/14","created_at":"2026-08-01T13:00:00.000Z","visibility":"public","content":"<p>after it</p>","account":{"id":"2","acct":"ben@other.example","url":"https://other.example/@ben"},"in_reply_to_id":"11"}
        {"id":"15","uri":"https://inst.example/15","created_at":"2026-08-01T13:00:00.000Z","content":"<p>no author</p>"
        {"id":"16","uri":"https://inst.example/16","created_at":"2026-08-01T14:00:00.000Z","visibility":"unlisted","content":"","account":{"id":"2","acct":"ben@other.example","url":"https://other.example/@ben"},"reblog":{"id":"99","content":"<p>the boosted words</p>","account":{"id":"1","acct":"ann","url":"https://inst.example/@ann"},"created_at":"2026-08-01T10:00:00.000Z","visibility":"public","url":"https://inst.example/99"}}
        """;

    [Theory, EveryDatabase]
    public async Task An_archive_of_Mastodon_is_known_by_its_beginning_and_what_is_not_public_is_passed_over(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second) = (await Import(house, Outbox), await Import(house, Outbox));
        Assert.Equal((5, 3, 0, 0, 2), (first.Read, first.Kept, first.Repeated, first.Rejected, first.PassedOver));
        Assert.Equal((5, 0, 3, 0, 2), (second.Read, second.Kept, second.Repeated, second.Rejected, second.PassedOver));
        var heard = await Heard(house);
        Assert.Equal(["My shoes fell apart", "Second\nline & https://shop.example/very/long", "An answer"], heard.Select(m => m.Text));
        Assert.Equal(("https://inst.example/users/ann/statuses/1", PostKind.Reply, heard[0].ThreadKey, "ann@inst.example"), (heard[2].ParentId, heard[2].Kind, heard[2].ThreadKey, heard[2].AuthorHandle));
        Assert.Equal(Media.Link, heard[1].Has);
    }

    [Theory, EveryDatabase]
    public async Task Statuses_one_a_line_are_read_and_a_broken_one_takes_no_other_with_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var done = await Import(house, Statuses);
        Assert.Equal((6, 3, 2, 1), (done.Read, done.Kept, done.Rejected, done.PassedOver));
        Assert.Equal([3L, 5L], done.Errors.Select(e => e.Line));
        var heard = await Heard(house);
        Assert.Equal(["Kaputt\n\nSchuhe von @brand", "after it", "the boosted words"], heard.Select(m => m.Text));
        Assert.Equal(("ann@inst.example", 7L, Media.Image, "mastodon:11"), (heard[0].AuthorHandle, heard[0].Followers, heard[0].Has, heard[0].ExternalId));
        Assert.Equal((PostKind.Reply, "mastodon:11", PostKind.Repost), (heard[1].Kind, heard[1].ParentId, heard[2].Kind));
    }

    [Fact]
    public async Task An_array_and_a_packed_file_are_the_same_as_lines()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        var lines = Statuses.Split('\n').Take(2).ToList();
        Assert.Equal((1, 1), await Counts(Encoding.UTF8.GetBytes($"[{string.Join(",\n", lines)}]")));
        Assert.Equal((0, 1), await Counts(Packed(string.Join('\n', lines))));

        async Task<(long, long)> Counts(byte[] file)
        {
            var done = await Import(house, file);
            return (done.Kept, done.PassedOver);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_real_lines_of_Jetstream_go_in_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var file = await File.ReadAllBytesAsync(SharedData.File("bluesky-jetstream/events.jsonl"));
        var (first, second) = (await Import(house, file), await Import(house, Packed(Encoding.UTF8.GetString(file))));
        Assert.Equal((152, 16, 0, 136), (first.Read, first.Kept, first.Rejected, first.PassedOver)); // of 17 new posts one is a card without words
        Assert.Equal((152, 0, 16, 0), (second.Read, second.Kept, second.Repeated, second.Rejected));
        Assert.All(await Heard(house), m => Assert.StartsWith("at://did:plc:", m.ExternalId, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task An_import_that_is_stopped_says_what_it_did_and_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var rows = new StringBuilder("id,at,text\n");
        for (var n = 0; n < 2_300; n++) rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{n},2026-08-01T10:00:00Z,post {n}\n");
        using var stop = new CancellationTokenSource();
        var told = new Told(done => { if (done.Kept >= 1_000) stop.Cancel(); });
        var first = await house.With<ImportPosts, ImportedPosts>(i => i.Run(new MemoryStream(Encoding.UTF8.GetBytes(rows.ToString())), "file", null, PostColumns.Parse("text=text,at=at,id=id"), false, told, stop.Token));
        Assert.Equal((true, 1_000, 1_000), (first.IsStopped, first.Read, first.Kept));
        var second = await house.With<ImportPosts, ImportedPosts>(i => i.Run(new MemoryStream(Encoding.UTF8.GetBytes(rows.ToString())), "file", null, PostColumns.Parse("text=text,at=at,id=id"), false, null, default));
        Assert.Equal((false, 2_300, 1_300, 1_000), (second.IsStopped, second.Read, second.Kept, second.Repeated));
    }

    [Theory, EveryDatabase]
    public async Task An_import_that_is_killed_and_run_again_repeats_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var file = Path.Combine(house.Location.DataDirectory, "posts.csv");
        await File.WriteAllTextAsync(file, "id,at,text\n" + string.Concat(Enumerable.Range(0, 3_000).Select(n => $"{n},2026-08-01T10:00:00Z,post {n}\n")));
        Assert.Equal(137, await ChildProcess.Run(ImportAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, file));
        var kept = (await Heard(house)).Count;
        Assert.Equal(1_500, kept);
        await using var stream = File.OpenRead(file);
        var done = await house.With<ImportPosts, ImportedPosts>(i => i.Run(stream, "file", null, PostColumns.Parse("text=text,at=at,id=id"), false, null, default));
        Assert.Equal((3_000, 1_500, 1_500), (done.Read, done.Kept, done.Repeated));
    }

    [Child]
    internal static async Task ImportAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var house = new ServiceCollection().AddLogging().AddHearth(at).BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        await using var stream = File.OpenRead(args[3]);
        var told = new Told(done => { if (done.Kept >= 1_500) ChildProcess.DieNow(); });
        await scope.ServiceProvider.GetRequiredService<ImportPosts>().Run(stream, "file", null, PostColumns.Parse("text=text,at=at,id=id"), false, told, default);
    }

    private static Task<List<MentionRow>> Heard(TestHouse house) => house.With<Database, List<MentionRow>>(db => db.Set<MentionRow>().AsNoTracking().OrderBy(m => m.Number).ToListAsync());

    private static Task<ImportedPosts> Import(TestHouse house, string file) => Import(house, Encoding.UTF8.GetBytes(file));

    private static Task<ImportedPosts> Import(TestHouse house, byte[] file) => house.With<ImportPosts, ImportedPosts>(i => i.Run(new MemoryStream(file), "file", null, new PostColumns(), false, null, default));

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private sealed class Told(Action<ImportedPosts> tell) : IProgress<ImportedPosts>
    {
        public void Report(ImportedPosts value) => tell(value);
    }
}
