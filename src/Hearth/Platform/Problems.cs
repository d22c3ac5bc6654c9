using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.Platform;

/// <summary>What was wrong with one field of a request, as a person would say it ("must be above zero").</summary>
public sealed record FieldError(string Field, string Reason);

/// <summary>RFC 9457 problem details that name the field and the reason.</summary>
public static class Problems
{
    /// <summary>400 with <c>errors: { field: [reason] }</c>.</summary>
    public static ProblemHttpResult Invalid(params IEnumerable<FieldError> errors) => TypedResults.Problem(new HttpValidationProblemDetails(
        errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Reason).ToArray(), StringComparer.Ordinal))
    { Status = 400, Title = "The request is not valid.", Type = "/problems/invalid" });

    /// <inheritdoc cref="Invalid(IEnumerable{FieldError})"/>
    public static ProblemHttpResult Invalid(string field, string reason) => Invalid(new FieldError(field, reason));

    /// <summary>400 for an <c>after</c> that <see cref="Keyset.TryRead"/> cannot read.</summary>
    public static ProblemHttpResult NoPlace() => Invalid("after", "is no place in this list");

    /// <summary>A refusal that the caller could have met with better luck or other input.</summary>
    /// <param name="name">The outcome in kebab case ("sold-out"), which becomes the problem's type.</param>
    /// <param name="detail">A sentence for a person.</param>
    /// <param name="status">409 unless told.</param>
    public static ProblemHttpResult Refused(string name, string detail, int status = StatusCodes.Status409Conflict) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Type = "/problems/" + name, Title = Sentence(name), Detail = detail });

    public static ProblemHttpResult Unknown(string what) =>
        TypedResults.Problem(new ProblemDetails { Status = 404, Type = "/problems/unknown", Title = "Not found.", Detail = $"There is no such {what}." });

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ') + ".";
}
