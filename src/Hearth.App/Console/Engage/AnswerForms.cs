using Hearth.App.Shared;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Publishing;

namespace Hearth.App.Desk.Engage;

/// <summary>Reads what goes with an answer out of the composer's form.</summary>
internal static class AnswerForms
{
    /// <summary>A field of the form that was sent; null when it was left empty, or nothing was sent.</summary>
    public static string? Form(this HttpContext context, string name) =>
        context.Request.HasFormContentType && context.Request.Form[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Keeps the pictures of the form, and makes the answer.</summary>
    /// <returns>Null when something is wrong, which is said in the errors.</returns>
    public static async Task<Answer?> Read(HttpContext context, string text, Pictures pictures, Actor by, FormErrors errors, CancellationToken ct)
    {
        var kept = new List<PictureId>();
        for (var n = 0; n < 4; n++)
        {
            if (context.Request.Form.Files.GetFile($"picture-{n}") is not { Length: > 0 } file) continue;
            if (file.Length > Pictures.MaxBytes)
            {
                errors.Add("pictures", $"must be at most {Pictures.MaxBytes >> 20} MB");
                return null;
            }

            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            switch (await pictures.Keep(bytes.ToArray(), context.Form($"alt-{n}"), by, ct))
            {
                case KeptPicture.Done done:
                    kept.Add(done.Picture.Id);
                    break;
                case KeptPicture.Invalid wrong:
                    errors.Add("pictures", $"Picture {n + 1} {wrong.Reason}");
                    return null;
            }
        }

        return new(text)
        {
            Language = context.Form("language")?.Trim(), Pictures = kept, AsThread = context.Form("thread") is not null,
            Correction = context.Form("correct") is null ? null
                : new(context.Form("correction.claim"), context.Form("correction.evidence"), Enum.TryParse<CertificationLevel>(context.Form("correction.of"), out var of) ? of : CertificationLevel.Product),
        };
    }
}
