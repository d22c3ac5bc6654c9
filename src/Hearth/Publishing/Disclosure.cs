using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>How a reply says who speaks, and for whom.</summary>
/// <param name="Brand">The brand's name as people know it; null takes the account's name.</param>
/// <param name="Format">The line under each reply: {initials} or {name}, {department}, {brand}.</param>
public sealed record Disclosure(string? Brand, string Format)
{
    public const string DefaultFormat = "^{initials}, {department} at {brand}";

    /// <summary>The line for one author.</summary>
    /// <param name="author">Who speaks.</param>
    /// <param name="account">What the account is called, for a brand that has not named itself.</param>
    public string Line(Actor author, string? account) => Format
        .Replace("{initials}", author.Initials, StringComparison.Ordinal)
        .Replace("{name}", author.Name, StringComparison.Ordinal)
        .Replace("{department}", Word(author.Department), StringComparison.Ordinal)
        .Replace("{brand}", Brand ?? account ?? "our team", StringComparison.Ordinal);

    internal static string Sign(string words, string? signature) => signature is null ? words : words + "\n" + signature;

    private static string Word(Department? department) => department switch
    {
        null => "Team",
        Department.PublicRelations => "PR",
        Department.It => "IT",
        var d => d.Value.ToString(),
    };
}

internal sealed class DisclosureRow
{
    public const int TheOne = 1;

    public required int Id { get; init; }

    public string? Brand { get; set; }

    public required string Format { get; set; }
}

/// <summary>The brand's rule of disclosure. There is always one: nothing answers anonymously.</summary>
public sealed class DisclosurePolicy(Database db)
{
    public async Task<Disclosure> Read(CancellationToken ct) =>
        await db.Set<DisclosureRow>().AsNoTracking().Select(d => new Disclosure(d.Brand, d.Format)).SingleOrDefaultAsync(ct) ?? new(null, Disclosure.DefaultFormat);

    /// <summary>Sets the rule for replies written from now on.</summary>
    /// <returns>What is wrong; empty when it was kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(string? brand, string? format, CancellationToken ct)
    {
        var (name, line) = (string.IsNullOrWhiteSpace(brand) ? null : brand.Trim(), string.IsNullOrWhiteSpace(format) ? Disclosure.DefaultFormat : format.Trim());
        var errors = new List<FieldError>();
        if (name?.Length > 60) errors.Add(new("brand", "must be at most 60 characters"));
        if (line.Length > 120) errors.Add(new("format", "must be at most 120 characters"));
        if (line.Contains('\n', StringComparison.Ordinal)) errors.Add(new("format", "must be one line"));
        if (!line.Contains("{initials}", StringComparison.Ordinal) && !line.Contains("{name}", StringComparison.Ordinal)) errors.Add(new("format", "must name the author: {initials} or {name}"));
        if (!line.Contains("{brand}", StringComparison.Ordinal)) errors.Add(new("format", "must say whom the author speaks for: {brand}"));
        if (errors.Count > 0) return errors;

        return await db.InTransaction<IReadOnlyList<FieldError>>(async () =>
        {
            var row = await db.Set<DisclosureRow>().SingleOrDefaultAsync(ct);
            if (row is null) db.Add(row = new DisclosureRow { Id = DisclosureRow.TheOne, Format = line });
            (row.Brand, row.Format) = (name, line);
            await db.SaveChangesAsync(ct);
            return [];
        }, ct);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/disclosure").WithTags("Publishing");
        group.MapGet("", (DisclosurePolicy policy, CancellationToken ct) => policy.Read(ct)).RequireAuthorization("read").WithSummary("How replies say who speaks, and for whom");
        group.MapPut("", async Task<Results<Ok<Disclosure>, ProblemHttpResult>> (Disclosure body, DisclosurePolicy policy, CancellationToken ct) =>
            await policy.Set(body.Brand, body.Format, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : Ok(await policy.Read(ct)))
            .RequireAuthorization("lead").WithSummary("Sets it for replies written from now on");
    }
}
