using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>Changes what a gap says, who owns it and when it is due. Its stage is moved by <see cref="MoveGap"/>.</summary>
public sealed class ChangeGap(Database db, RaiseGap rules)
{
    public async Task<Raising> To(GapId gap, GapDraft draft, CancellationToken ct)
    {
        var errors = await rules.Check(draft, ct);
        if (errors.Count > 0) return new Raising.Invalid(errors);
        var title = await rules.TitleOf(draft, ct);
        return await db.InTransaction<Raising>(async () =>
        {
            if (await db.Set<Gap>().SingleOrDefaultAsync(g => g.Id == gap, ct) is not { } row) return new Raising.UnknownGap();
            RaiseGap.Fill(row, draft, title);
            await db.SaveChangesAsync(ct);
            return new Raising.Done(gap);
        }, ct);
    }

    internal Task<IReadOnlyList<FieldError>> Check(GapDraft draft, CancellationToken ct) => rules.Check(draft, ct);

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapPut("/{id:guid}",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, GapDraft body, ChangeGap change, CancellationToken ct) => await change.To(GapId.From(id), body, ct) switch
            {
                Raising.Done => TypedResults.NoContent(),
                Raising.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("gap"),
            })
        .WithName("changeGap").WithSummary("Change what a gap says, its owner and its due date").RequireAuthorization("write");
}
