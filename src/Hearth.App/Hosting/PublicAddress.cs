namespace Hearth.App.Hosting;

/// <summary>The address people reach this server under.</summary>
public static class PublicAddress
{
    /// <summary>What the operator said; else what this request was sent to.</summary>
    public static string Of(HttpContext context, HostSettings settings) => settings.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";
}
