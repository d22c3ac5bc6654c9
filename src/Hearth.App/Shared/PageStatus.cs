namespace Hearth.App.Shared;

/// <summary>What a page answers with.</summary>
internal static class PageStatus
{
    /// <summary>
    /// Answers with this status and the page as it is. Set as the answer starts: the framework takes a status that stands there earlier for a wish to show another page,
    /// and gives up the one at hand while it still reads.
    /// </summary>
    public static void Answer(this HttpContext context, int status) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>What the address names is not there.</summary>
    public static void IsMissing(this HttpContext context) => context.Answer(StatusCodes.Status404NotFound);
}
