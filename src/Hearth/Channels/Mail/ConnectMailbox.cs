using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

/// <summary>A mailbox that the brand answers from.</summary>
/// <param name="Address">Its address; one that a human reads.</param>
/// <param name="Name">The name beside it, up to 100 characters.</param>
public sealed record MailboxDraft(string? Address, string? Name);

/// <summary>A mailbox that is connected.</summary>
/// <param name="Account">Its id among the channels.</param>
public sealed record MailboxConnected(Guid Account);

/// <summary>Connects a mailbox to answer from. What comes to it is brought by a source of the kind "email"; what goes leaves by the mail server.</summary>
public sealed class ConnectMailbox(Database db, Secrets secrets, TimeProvider clock)
{
    /// <returns>The account, or what is wrong.</returns>
    public async Task<(ChannelAccountId? Account, IReadOnlyList<FieldError> Errors)> Add(MailboxDraft draft, CancellationToken ct)
    {
        var address = draft.Address?.Trim().ToLowerInvariant();
        if (!MailServer.IsAddress(address)) return (null, [new("address", "must be an e-mail address")]);
        if (EmailNetwork.IsDoNotReply(address!)) return (null, [new("address", "must be one that a human reads: this house has no \"do not reply\"")]);
        if (draft.Name?.Length > 100 || draft.Name?.AsSpan().IndexOfAny('\r', '\n') >= 0) return (null, [new("name", "must have at most 100 characters on one line")]);
        _ = secrets.Hide(address!); // the source gets a secret where the fact is handled, in a transaction, in which no key could be made
        var now = clock.Now();
        var row = await db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Network == Networks.Email && a.ExternalId == address, ct);
        if (row is null) db.Add(row = new() { Id = ChannelAccountId.New(), Network = Networks.Email, ExternalId = address!, Service = "smtp://" + address![(address!.IndexOf('@', StringComparison.Ordinal) + 1)..], Host = "smtp", Handle = address!, ConnectedAt = now });
        (row.State, row.ConnectedAt, row.DisplayName) = (ChannelState.Connected, now, string.IsNullOrWhiteSpace(draft.Name) ? null : draft.Name.Trim());
        db.Record(new ChannelConnected(row.Id, row.Network, row.Handle, now));
        await db.SaveChangesAsync(ct);
        return (row.Id, []);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/channels/email", async Task<Results<Ok<MailboxConnected>, ProblemHttpResult>> (MailboxDraft body, ConnectMailbox connect, CancellationToken ct) =>
            {
                var (account, errors) = await connect.Add(body, ct);
                return account is { } made ? TypedResults.Ok(new MailboxConnected(made.Value)) : Problems.Invalid(errors);
            })
            .WithTags("Channels").WithName("connectMailbox").WithSummary("Connect a mailbox that the brand answers from").RequireAuthorization("lead");
        api.MapGet("/letters/files/{id:guid}", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (Guid id, Letters letters, HttpContext http, CancellationToken ct) =>
            {
                if (await letters.File(LetterFileId.From(id), ct) is not var (name, content)) return Problems.Unknown("file");
                http.Response.Headers.XContentTypeOptions = "nosniff"; // whatever its sender called it, it is saved and never shown
                return TypedResults.File(content, "application/octet-stream", name);
            })
            .WithTags("Channels").WithName("getLetterFile").WithSummary("A file that came with a letter").RequireAuthorization("read").Produces(200, contentType: "application/octet-stream");
        api.MapGet("/letters", async Task<Results<Ok<LetterView>, ProblemHttpResult>> (string? messageId, Letters letters, CancellationToken ct) =>
                await letters.Of(messageId ?? "", ct) is { } letter ? TypedResults.Ok(letter) : Problems.Unknown("letter"))
            .WithTags("Channels").WithName("getLetter").WithSummary("What came with a letter, by its Message-ID: folded text, files, what its server checked").RequireAuthorization("read");
    }
}
