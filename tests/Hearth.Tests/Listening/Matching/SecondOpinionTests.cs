using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Microsoft.Data.Sqlite;

namespace Hearth.Tests.Listening.Matching;

/// <summary>SQLite's FTS5 answers the operators it shares with us on plain words: AND, OR, NOT, phrases, prefixes, and NEAR of different words.</summary>
public sealed class SecondOpinionTests
{
    private static readonly string[] Words = ["of", "del", "dell", "delta", "out", "stock", "stove", "hot", "cold", "storm"];

    [Fact]
    public void Full_text_search_of_SQLite_finds_the_same()
    {
        var random = new Random(29);
        var posts = Enumerable.Range(1, 400).Select(id => (Id: id, Text: string.Join(' ', Enumerable.Range(0, random.Next(1, 14)).Select(_ => Words[random.Next(Words.Length)])))).ToList();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, "CREATE VIRTUAL TABLE posts USING fts5(body)");
        foreach (var (id, text) in posts) Run(connection, $"INSERT INTO posts (rowid, body) VALUES ({id}, '{text}')");
        var queries = Enumerable.Range(0, 2_000).Select(i => (Id: i, Query: Some(random, 3))).ToList();
        var index = QueryIndex<int>.Of(queries);
        var scratch = new MatchScratch<int>();
        var ours = queries.ToDictionary(q => q.Id, _ => new List<long>());
        foreach (var (id, text) in posts)
        {
            foreach (var query in index.Match(new(text), scratch)) ours[query].Add(id);
        }

        var matches = 0;
        foreach (var (id, query) in queries)
        {
            Assert.True(Find(connection, Fts(query)).SequenceEqual(ours[id]), query.ToString());
            matches += ours[id].Count;
        }

        Assert.InRange(matches, 100_000, 700_000); // of 800,000 pairs
    }

    private static Query Some(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(8)) switch
    {
        0 or 1 => new Query.Words([new(Words[random.Next(Words.Length)], TokenKind.Word)]),
        2 => random.Next(2) == 0 ? new Query.Words([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => new Term(Words[random.Next(Words.Length)], TokenKind.Word))])
            : new Query.Words([new(Words[random.Next(1, 4)][..random.Next(1, 4)] + "*", TokenKind.Word, TermMatch.Pattern)]),
        3 => new Query.Near(Word(Words[random.Next(5)]), Word(Words[random.Next(5, 10)]), random.Next(1, 5), false),
        4 => new Query.And(Some(random, depth - 1), new Query.Not(Some(random, depth - 1))),
        5 => new Query.Or(Some(random, depth - 1), Some(random, depth - 1)),
        _ => new Query.And(Some(random, depth - 1), Some(random, depth - 1)),
    };

    private static Query.Words Word(string text) => new([new(text, TokenKind.Word)]);

    private static string Fts(Query query) => query switch
    {
        Query.Words { Terms: [{ How: TermMatch.Pattern } one] } => $"\"{one.Text[..^1]}\"*",
        Query.Words words => $"\"{string.Join(' ', words.Terms)}\"",
        Query.Near near => $"NEAR({Fts(near.Left)} {Fts(near.Right)}, {near.Distance - 1})",
        Query.And { Right: Query.Not not } and => $"({Fts(and.Left)} NOT {Fts(not.Inner)})",
        Query.And and => $"({Fts(and.Left)} AND {Fts(and.Right)})",
        Query.Or or => $"({Fts(or.Left)} OR {Fts(or.Right)})",
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };

    private static List<long> Find(SqliteConnection connection, string expression)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid FROM posts WHERE posts MATCH @expression ORDER BY rowid";
        command.Parameters.AddWithValue("@expression", expression);
        using var reader = command.ExecuteReader();
        var found = new List<long>();
        while (reader.Read()) found.Add(reader.GetInt64(0));
        return found;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
