using Hearth.Channels.Files;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Ideas.Import;

/// <summary>The board's files over HTTP, for leads.</summary>
internal static class BoardFiles
{
    /// <summary>Longest file taken over HTTP, in bytes: 256 MiB. The command takes longer ones.</summary>
    public const int Longest = 256 << 20;

    public static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/export", (ExportBoard export) => TypedResults.Stream(to => ToFile(export, to), "application/zip", "ideas.zip"))
            .RequireAuthorization("lead").WithSummary("The whole board as a ZIP").Produces(200, contentType: "application/zip");
        ideas.MapPost("/import", async Task<Results<Ok<ImportedIdeas>, ProblemHttpResult>> (string? format, string? category, HttpContext http, ImportBoard import, CancellationToken ct) =>
        {
            if (!Word<BoardFormat>.TryParse(format ?? "csv", out var kind)) return Problems.Invalid("format", "must be csv, fider or canny");
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await http.Request.Body.CopyToAsync(file, ct);
            file.Position = 0;
            try
            {
                return TypedResults.Ok(await import.Run(file, kind.Value, category ?? "general", null, ct));
            }
            catch (UnreadableFileException e)
            {
                return Problems.Invalid("file", e.Message);
            }
        }).RequireAuthorization("lead").WithMetadata(new RequestSizeLimitAttribute(Longest)).Accepts<Stream>("application/octet-stream", "text/csv", "application/json", "application/zip")
            .WithSummary("Take in the ideas of another board: the file is the body").ProducesProblem(400);
    }

    // A ZIP is written by a writer that does not wait; to a file first, so that no thread waits for a slow reader and a failure is no half of a ZIP.
    private static async Task ToFile(ExportBoard export, Stream to)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await export.To(file, default);
        file.Position = 0;
        await file.CopyToAsync(to);
    }
}
