using System.CommandLine;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Channels.Files;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;

namespace Hearth.App.Commands;

/// <summary><c>hearth classify FILE --task T [--model M] --out FILE</c>: read posts of a file, without a house.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Posts: CSV or JSONL, gzipped or not, or tab-separated without a header (--map text=3)." };
        var task = new Option<string>("--task") { Description = "sentiment (default), intent, aspects or mismatches.", DefaultValueFactory = _ => "sentiment" }.AcceptOnlyFromAmong("sentiment", "intent", "aspects", "mismatches");
        var model = new Option<FileInfo?>("--model") { Description = "A model that hearth train --out made; without it, what ships." };
        var map = new Option<string?>("--map") { Description = "Which column holds what: text=..,id=..,lang=.. (default text=text)." };
        var to = new Option<FileInfo>("--out") { Description = "Gets one JSON object a post: line or id, labels, how sure, and the words that decided.", Required = true };
        var command = new Command("classify", "Read the posts of a file: sentiment, intent, aspects or what fell short.") { file, task, model, map, to, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var (from, with) = (given.GetValue(file)!, given.GetValue(model));
            foreach (var asked in (FileInfo?[])[from, with])
            {
                if (asked is { Exists: false }) return HouseCommand.Failed($"There is no file {asked.FullName}.");
            }

            try
            {
                var kind = Enum.Parse<ModelTask>(given.GetValue(task)!, ignoreCase: true);
                await using var bytes = with?.OpenRead();
                var read = TrainedFile.Reader(bytes, kind);
                await using var posts = from.OpenRead();
                await using var answers = given.GetValue(to)!.Create();
                var done = await Run(posts, answers, LabelColumns.Parse(given.GetValue(map)), kind, read, ct);
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(done);
                else System.Console.WriteLine($"{done.Posts:N0} posts read, {done.PostsPerSecond:N0} a second{(done.Skipped > 0 ? $"; {done.Skipped:N0} rows without a text were left out" : "")}.");
                return 0;
            }
            catch (UnreadableFileException e)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static async Task<Done> Run(Stream posts, Stream to, LabelColumns columns, ModelTask task, Func<string, string?, Classified> read, CancellationToken ct)
    {
        var (done, skipped, spent) = (0L, 0L, TimeSpan.Zero);
        await using var buffer = new BufferedStream(to, 1 << 16);
        await using var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await foreach (var (line, id, text, language) in ReadLabels.Texts(posts, columns, ct))
        {
            if (text is null)
            {
                skipped++;
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            var answer = read(text, language);
            spent += Stopwatch.GetElapsedTime(started);
            done++;
            Write(json, line, id, task, answer);
            await json.FlushAsync(ct);
            json.Reset();
            buffer.WriteByte((byte)'\n');
        }

        return new(done, skipped, Math.Round(done / Math.Max(spent.TotalSeconds, 1e-6)));
    }

    private static void Write(Utf8JsonWriter json, long line, string? id, ModelTask task, Classified answer)
    {
        json.WriteStartObject();
        if (id is null) json.WriteNumber("line", line);
        else json.WriteString("id", id);
        json.WriteString("language", answer.Reading.Language);
        if (task == ModelTask.Sentiment)
        {
            json.WriteString("sentiment", answer.Labels[0]);
            json.WriteNumber("strength", answer.Sure is { } sure ? Math.Round(sure.GetValueOrDefault("positive") - sure.GetValueOrDefault("negative"), 3) : answer.Reading.Strength);
        }
        else
        {
            json.WriteStartArray(task switch { ModelTask.Intent => "intents", ModelTask.Aspects => "aspects", _ => "mismatches" });
            foreach (var label in answer.Labels.Where(l => task != ModelTask.Mismatches || l != LabelledPost.None)) json.WriteStringValue(label);
            json.WriteEndArray();
        }

        if (task == ModelTask.Aspects && answer.Sure is null) Aspects(json, answer.Reading);
        if (answer.Sure is not null)
        {
            json.WriteStartObject("sure");
            foreach (var (label, p) in answer.Sure) json.WriteNumber(label, p);
            json.WriteEndObject();
        }

        json.WriteStartArray("because");
        foreach (var reason in answer.Reading.Reasons.Where(r => task switch { ModelTask.Sentiment => r.Says == "sentiment", ModelTask.Aspects or ModelTask.Mismatches => r.Says == "topic", _ => r.Says is not ("sentiment" or "topic") }))
        {
            json.WriteStartObject();
            json.WriteNumber("start", reason.Start);
            json.WriteNumber("length", reason.Length);
            json.WriteString("why", reason.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Aspects(Utf8JsonWriter json, Reading reading)
    {
        json.WriteStartArray("polarities");
        foreach (var aspect in reading.Aspects)
        {
            json.WriteStartObject();
            json.WriteString("aspect", aspect.Attribute);
            json.WriteString("polarity", aspect.Polarity.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed record Done(long Posts, long Skipped, double PostsPerSecond);
}
