using System.IO.Compression;
using System.Text;
using Hearth.Channels.Files;
using Hearth.Ideas;
using Hearth.Ideas.Import;
using Hearth.Ideas.Storms;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Ideas;

public sealed class BoardFilesTests
{
    // The header of github.com/getfider/fider, app/pkg/csv.
    private const string FiderCsv = """
        number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags
        1,Add a dark theme,"My eyes, ""please"".
        At night.",2024-01-02T10:00:00Z,Jon Snow,3,1,completed,Arya Stark,2024-02-02T10:00:00Z,It is there since Friday.,,,"ui, later"
        2,Offline mode,,2024-01-03T10:00:00Z,Sansa Stark,1,0,open,,,,,,
        3,Dark mode,Same,2024-01-04T10:00:00Z,Jon Snow,2,0,duplicate,Arya Stark,2024-01-05T10:00:00Z,,1,Add a dark theme,
        4,No time,Here,yesterday,Jon Snow,2,0,open,,,,,,
        5,No status,Here,2024-01-04T10:00:00Z,Jon Snow,2,0,sideways,,,,,,
        """;

    [Theory, EveryDatabase]
    public async Task Fiders_export_comes_in_with_names_times_votes_and_what_became_of_it_and_twice_is_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var first = await Import(house, FiderCsv, BoardFormat.Fider);
        var again = await Import(house, FiderCsv, BoardFormat.Fider);

        Assert.Equal((5, 3, 0, 2, 6), (first.Read, first.Kept, first.Repeated, first.Rejected, first.Votes));
        Assert.Equal(["'yesterday' in 'created_at' is no time", "'sideways' is no status that is known"], first.Errors.Select(e => e.Reason));
        Assert.Equal([6L, 7L], first.Errors.Select(e => e.Line));
        Assert.Equal((5, 0, 3, 2, 0), (again.Read, again.Kept, again.Repeated, again.Rejected, again.Votes));
        var dark = (await house.List(new(IdeaOrder.Top))).Single(i => i.Title == "Add a dark theme");
        Assert.Equal((IdeaStatus.Implemented, 30, 3, "Jon Snow"), (dark.Status, dark.Points, dark.Promotions, dark.AuthorName));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 10, 0, 0, TimeSpan.Zero), dark.At);
        var view = (await house.With<ReadIdea, IdeaView?>(r => r.Of(dark.Id, null, default)))!;
        Assert.Equal("My eyes, \"please\".\nAt night.", view.Body);
        Assert.Equal(("It is there since Friday.", "Arya Stark", 31), (view.Moves.Single().Reason, view.Moves.Single().By, (int)(view.Moves.Single().At - dark.At).TotalDays));
        Assert.Equal("Duplicate of #1 “Add a dark theme”.", (await Moves(house, "Dark mode")).Single().Reason);
        Assert.Equal(new(2024, 2, 1), (await house.With<IdeasInAction, InAction>(i => i.Now(default))).Months.Single(m => m.Implemented == 1).Month);
    }

    [Theory, EveryDatabase]
    public async Task Fiders_backup_brings_each_voter_and_comment_and_a_later_one_adds_what_is_new(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var first = await Import(house, Backup(votes: 2), BoardFormat.Fider);
        var later = await Import(house, Backup(votes: 3), BoardFormat.Fider);

        Assert.Equal((2, 2, 2, 1), (first.Kept, first.Votes, first.Comments, later.Votes));
        Assert.Equal((0, 2, 0), (later.Kept, later.Repeated, later.Comments));
        var lid = (await house.List(new(IdeaOrder.Top)))[0];
        Assert.Equal(("42", 30, 2, IdeaStatus.Planned), (lid.Title, lid.Points, lid.Comments, lid.Status));
        var comments = (await house.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(lid.Id, null, null, default)))!.Items;
        Assert.Equal([("Ben", false), ("Ann", true)], comments.Select(c => (c.By, c.FromBrand)));
        Assert.NotNull(lid.AnsweredAt);
    }

    [Theory, EveryDatabase]
    public async Task Cannys_lists_come_in_with_shelves_and_nameless_votes_up_to_its_score(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string Json = """
            { "posts": [
              { "id": "p1", "title": "Wider straps", "details": "They cut in.", "created": "2025-03-01T08:00:00.000Z", "status": "in progress", "score": 4, "author": { "id": "u1", "name": "Ann" }, "board": { "name": "Packs & bags" } },
              { "id": "p2", "title": "Lost", "created": "2025-03-02T08:00:00.000Z", "status": "gone", "score": 1, "author": null }],
              "votes": [{ "id": "v1", "created": "2025-03-02T08:00:00.000Z", "post": { "id": "p1" }, "voter": { "id": "u2", "name": "Ben" } }],
              "comments": [{ "id": "c1", "value": "On it.", "created": "2025-03-03T08:00:00.000Z", "post": { "id": "p1" }, "author": { "id": "u9", "name": "Staff", "isAdmin": true } }] }
            """;

        var done = await Import(house, Json, BoardFormat.Canny);

        Assert.Equal((2, 1, 1, 4, 1), (done.Read, done.Kept, done.Rejected, done.Votes, done.Comments));
        var strap = Assert.Single(await house.List(new(Category: "packs-bags")));
        Assert.Equal((IdeaStatus.Planned, 40, 1), (strap.Status, strap.Points, strap.Comments));
        var csv = await Import(house, "Title,Details,Status,Score,Author,Created\nA louder whistle,It whispers.,complete,7,Cleo,2025-01-01", BoardFormat.Canny);
        Assert.Equal((1, 7), (csv.Kept, csv.Votes));
    }

    [Theory]
    [InlineData("", BoardFormat.Csv, "The file is empty")]
    [InlineData("name,body\na,b", BoardFormat.Csv, "Column 'title' is not in the file. It has: name, body.")]
    [InlineData("{ \"items\": [] }", BoardFormat.Canny, "holds no array 'posts'")]
    [InlineData("{ \"posts\": [", BoardFormat.Canny, "is not JSON at line 1")]
    [InlineData("title,created_at\nx,2025-01-01", BoardFormat.Csv, "There is no category 'nowhere'", "nowhere")]
    public async Task A_file_that_cannot_be_used_says_why(string text, BoardFormat format, string reason, string category = "general")
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => house.With<ImportBoard>(i => i.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, category, null, default)));
        Assert.Contains(reason, refused.Message);
        Assert.Empty(await house.List(new()));
    }

    [Theory, EveryDatabase]
    public async Task A_board_exported_and_restored_on_the_other_database_is_the_same_board(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Fill(house);
        var export = await Export(house);

        await using var other = await TestHouse.Create(kind == DatabaseKind.Sqlite ? DatabaseKind.Postgres : DatabaseKind.Sqlite);
        other.Clock.Advance(house.Clock.GetUtcNow() - other.Clock.GetUtcNow());
        await other.With<RestoreBoard>(r => r.From(new MemoryStream(export), default));

        Same(export, await Export(other));
        foreach (var order in Enum.GetValues<IdeaOrder>())
            Assert.Equal((await house.List(new(order))).Select(i => (i.Number, i.Points, i.Worth)), (await other.List(new(order))).Select(i => (i.Number, i.Points, i.Worth)));
        Assert.Single(await other.List(new(Search: "hinge")));
        Assert.Equal((await house.With<CountIdeas, IdeaCounts>(c => c.Now(default))).ByStatus, (await other.With<CountIdeas, IdeaCounts>(c => c.Now(default))).ByStatus);

        var highest = (await other.List(new(IdeaOrder.New))).Max(i => i.Number);
        Assert.True((await other.Read(await other.Post("One more idea"))).Number > highest);
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => other.With<RestoreBoard>(r => r.From(new MemoryStream(export), default)));
        Assert.Contains("has ideas already", refused.Message);
    }

    [Theory, EveryDatabase]
    public async Task The_csv_of_an_export_brings_the_ideas_with_their_points_into_any_board(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Fill(house);
        using var zip = new ZipArchive(new MemoryStream(await Export(house)));
        using var csv = new StreamReader(zip.GetEntry("ideas.csv")!.Open());

        await using var other = await TestHouse.Create(kind);
        var done = await Import(other, await csv.ReadToEndAsync(), BoardFormat.Csv);

        Assert.Equal((0, (await house.List(new(IdeaOrder.Top))).Count), (done.Rejected, done.Kept));
        Assert.Equal((await house.List(new(IdeaOrder.Top))).Select(i => (i.Title, i.Points, i.Status, i.AuthorName, i.At)).Order(), (await other.List(new(IdeaOrder.Top))).Select(i => (i.Title, i.Points, i.Status, i.AuthorName, i.At)).Order());
    }

    [Fact]
    public async Task No_table_of_the_room_is_forgotten_by_the_export()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        using var zip = new ZipArchive(new MemoryStream(await Export(house)));
        var tables = await house.With<Database, List<string>>(db => Task.FromResult(db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Where(t => t.StartsWith("ideas_", StringComparison.Ordinal)).ToList()));
        Assert.Empty(BoardTables.LeftOut.Keys.Except(tables)); // a table that is renamed must not slip back in
        foreach (var secret in (string[])["ideas_signals", "ideas_visitors", "ideas_watch", "ideas_mail_wishes"]) Assert.Null(zip.GetEntry(secret + ".jsonl"));
        Assert.Equal(tables.Except(BoardTables.LeftOut.Keys).Order(StringComparer.Ordinal), zip.Entries.Select(e => e.Name).Where(n => n.EndsWith(".jsonl", StringComparison.Ordinal)).Select(n => n[..^6]).Order(StringComparer.Ordinal));
    }

    private static async Task Fill(TestHouse house)
    {
        var (lid, strap) = (await house.Post("A steel hinge", "The pin, \"plastic\", is weak.\nSo is the rest, ü 火."), await house.Post("=1+1 wider straps"));
        for (var i = 0; i < 4; i++)
        {
            await house.Vote(lid);
            await house.Vote(strap, i == 0 ? Stance.Demote : Stance.Promote);
            house.Clock.Advance(TimeSpan.FromHours(30));
        }

        await house.With<CommentOnIdea>(c => c.By(IdeasHouse.Somebody(), lid, IdeaCommentId.New(), "Mine broke too.", default));
        await house.Move(lid, IdeaStatus.Submitted, IdeaStatus.UnderReview);
        await house.Move(lid, IdeaStatus.UnderReview, IdeaStatus.Implemented, "It is in every flask since Monday.");
        var storm = StormId.New();
        await house.With<OpenStorm>(o => o.By(IdeasHouse.Staff(), storm, new("What should your next pack do?", "", "general", house.Clock.Now(), house.Clock.Now().AddDays(2)), default));
        await house.With<PostIntoStorm>(p => p.By(IdeasHouse.Somebody(), storm, IdeaId.New(), "Stand by itself", "So that it does not fall over.", default));
    }

    private static void Same(byte[] one, byte[] other)
    {
        using var a = new ZipArchive(new MemoryStream(one));
        using var b = new ZipArchive(new MemoryStream(other));
        Assert.Equal(a.Entries.Select(e => e.Name), b.Entries.Select(e => e.Name));
        foreach (var entry in a.Entries) Assert.Equal(Text(entry), Text(b.GetEntry(entry.Name)!));

        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(entry.Open());
            return entry.Name + "\n" + reader.ReadToEnd();
        }
    }

    private static async Task<byte[]> Export(TestHouse house)
    {
        using var to = new MemoryStream();
        await house.With<ExportBoard>(e => e.To(to, default));
        return to.ToArray();
    }

    private static Task<ImportedIdeas> Import(TestHouse house, string text, BoardFormat format) => Import(house, Encoding.UTF8.GetBytes(text), format);

    private static Task<ImportedIdeas> Import(TestHouse house, byte[] file, BoardFormat format) =>
        house.With<ImportBoard, ImportedIdeas>(i => i.Run(new MemoryStream(file), format, "general", null, default));

    private static async Task<IReadOnlyList<IdeaMoveView>> Moves(TestHouse house, string title)
    {
        var idea = (await house.List(new(IdeaOrder.New, IdeaStatus.Archived))).Single(i => i.Title == title);
        return (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea.Id, null, default)))!.Moves;
    }

    // Fider writes what looks like a number as one: the title of the first post here.
    private static byte[] Backup(int votes)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("users", """[{"id":1,"name":"Ann","role":3},{"id":2,"name":"Ben","role":1},{"id":3,"name":"Cleo","role":1}]""");
            Add("posts", """
                [{"id":11,"number":1,"title":42,"description":"The answer","user_id":2,"created_at":"2024-05-01T10:00:00Z","status":4,"response":"Next month.","response_user_id":1,"response_date":"2024-05-03T10:00:00Z"},
                 {"id":12,"number":2,"title":"Gone","user_id":2,"created_at":"2024-05-01T10:00:00Z","status":6},
                 {"id":13,"number":3,"title":"Quiet fans","description":null,"user_id":3,"created_at":"2024-05-02T10:00:00Z","status":0}]
                """);
            Add("post_votes", "[" + string.Join(',', Enumerable.Range(1, votes).Select(u => $$"""{"post_id":11,"user_id":{{u}},"created_at":"2024-05-02T10:00:00Z"}""")) + "]");
            Add("comments", """
                [{"id":21,"post_id":11,"user_id":2,"content":"Soon?","created_at":"2024-05-02T11:00:00Z"},{"id":22,"post_id":11,"user_id":1,"content":"Soon.","created_at":"2024-05-02T12:00:00Z"},
                 {"id":23,"post_id":11,"user_id":3,"content":"Rude","created_at":"2024-05-02T12:00:00Z","deleted_at":"2024-05-02T13:00:00Z"}]
                """);

            void Add(string name, string json)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name + ".json").Open());
                writer.Write(json);
            }
        }

        return bytes.ToArray();
    }
}
