using System.Security.Cryptography;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

/// <summary>Finds the actors of ours that are there; a disconnected one is not.</summary>
internal sealed class OwnActors(IServiceScopeFactory scopes, Secrets secrets)
{
    public Task<OwnActor?> Named(string name, CancellationToken ct) => One(q => q.Where(a => a.Name == name), ct);

    public Task<OwnActor?> Of(ChannelAccountId account, CancellationToken ct) => One(q => q.Where(a => a.Account == account), ct);

    public async Task<IReadOnlyList<OwnActor>> All(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Find(scope.ServiceProvider.GetRequiredService<Database>(), q => q).ToListAsync(ct);
    }

    /// <summary>The actor's private key.</summary>
    /// <inheritdoc cref="Keys"/>
    public async Task<RSA> Key(ChannelAccountId account, CancellationToken ct) => (await Keys(account, ct))();

    /// <summary>Makes the actor's private key as often as it is needed: one is not to be used by several threads at once.</summary>
    /// <exception cref="ChannelRefusedException">It is gone: the account is disconnected, or the keys that hid it are missing.</exception>
    public async Task<Func<RSA>> Keys(ChannelAccountId account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hidden = await scope.ServiceProvider.GetRequiredService<Database>().Set<ChannelAccount>().Where(a => a.Id == account).Select(a => a.Session).SingleOrDefaultAsync(ct)
            ?? throw new ChannelRefusedException("The account is disconnected.");
        try
        {
            var pem = secrets.Show(hidden);
            return () =>
            {
                var key = RSA.Create();
                key.ImportFromPem(pem);
                return key;
            };
        }
        catch (CryptographicException e)
        {
            throw new ChannelRefusedException("The key that the account's secrets were encrypted with is missing; open the actor again.", e);
        }
    }

    private async Task<OwnActor?> One(Func<IQueryable<OwnActorRow>, IQueryable<OwnActorRow>> which, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Find(scope.ServiceProvider.GetRequiredService<Database>(), which).SingleOrDefaultAsync(ct);
    }

    private static IQueryable<OwnActor> Find(Database db, Func<IQueryable<OwnActorRow>, IQueryable<OwnActorRow>> which) =>
        from actor in which(db.Set<OwnActorRow>().AsNoTracking())
        join account in db.Set<ChannelAccount>() on actor.Account equals account.Id
        where account.State != ChannelState.Disconnected
        orderby account.Id
        select new OwnActor(actor.Account, actor.Name, actor.Origin, account.DisplayName ?? actor.Name, actor.Summary, actor.PublicKey, actor.CreatedAt, actor.Page, actor.Icon);
}
