using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>How a reply says who speaks, and for whom, where the policy makes no exception.</summary>
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

    /// <summary>What stands beneath a reply: the line, and the affiliation that a network or country asks for. The voice for both comes first, then the country's, then the network's.</summary>
    internal static string Signature(SpeakingPolicy policy, Actor author, string network, ChannelAccountView? account)
    {
        var fitting = policy.Voices.Where(v => (v.Network is null || v.Network == network) && (v.Country is null || v.Country == account?.Country))
            .OrderByDescending(v => (v.Country is null ? 0 : 2) + (v.Network is null ? 0 : 1)).ToList();
        var line = new Disclosure(policy.Brand, fitting.FirstOrDefault(v => v.Format is not null)?.Format ?? policy.Format).Line(author, account?.Name);
        return fitting.FirstOrDefault(v => v.Affiliation is not null)?.Affiliation is { } affiliation ? line + "\n" + affiliation : line;
    }

    internal static string Sign(string words, string? signature) => signature is null ? words : words + "\n" + signature;

    private static string Word(Department? department) => department switch
    {
        null => "Team",
        Department.PublicRelations => "PR",
        Department.It => "IT",
        var d => d.Value.ToString(),
    };
}

/// <summary>What an earlier Hearth kept; read until somebody sets a policy.</summary>
internal sealed class DisclosureRow
{
    public const int TheOne = 1;

    public required int Id { get; init; }

    public string? Brand { get; set; }

    public required string Format { get; set; }
}

/// <summary>The part of the policy that everybody needs: the brand's name and the line under each reply.</summary>
public sealed class DisclosurePolicy(SpeakingPolicies policies)
{
    public async Task<Disclosure> Read(CancellationToken ct)
    {
        var policy = await policies.Read(ct);
        return new(policy.Brand, policy.Format);
    }

    /// <inheritdoc cref="Set(string?, string?, Actor?, CancellationToken)"/>
    public Task<IReadOnlyList<FieldError>> Set(string? brand, string? format, CancellationToken ct) => Set(brand, format, null, ct);

    /// <summary>Sets the rule for replies written from now on; the rest of the policy stays.</summary>
    /// <returns>What is wrong; empty when it was kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(string? brand, string? format, Actor? by, CancellationToken ct)
    {
        while (true)
        {
            switch (await policies.Set(await policies.Read(ct) with { Brand = brand, Format = format ?? "" }, by, ct))
            {
                case PolicyChange.Done: return [];
                case PolicyChange.Invalid invalid: return invalid.Errors;
            }
        }
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/disclosure").WithTags("Publishing");
        group.MapGet("", (DisclosurePolicy policy, CancellationToken ct) => policy.Read(ct)).RequireAuthorization("read").WithSummary("How replies say who speaks, and for whom");
        group.MapPut("", async Task<Results<Ok<Disclosure>, ProblemHttpResult>> (Disclosure body, DisclosurePolicy policy, HttpContext http, CancellationToken ct) =>
            await policy.Set(body.Brand, body.Format, http.Actor(), ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : Ok(await policy.Read(ct)))
            .RequireAuthorization("lead").WithSummary("Sets it for replies written from now on");
    }
}
