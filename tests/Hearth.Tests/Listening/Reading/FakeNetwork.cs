using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

/// <summary>A place that posts are read from, small enough to run beside the test and real enough to be spoken to over HTTP.</summary>
public abstract class FakeNetwork : IAsyncDisposable
{
    /// <summary>The kind of source that reads it.</summary>
    public abstract string Kind { get; }

    /// <summary>False for a network whose posts never change, or whose reader cannot see that they do.</summary>
    public virtual bool CanEdit => true;

    /// <summary>False where nobody is told of deletions.</summary>
    public virtual bool CanDelete => true;

    /// <summary>False for a network that asks nobody who they are.</summary>
    public virtual bool HasCredentials => false;

    /// <summary>True when an item that cannot be read is one of many, which are read nevertheless; false when it spoils the whole answer.</summary>
    public virtual bool CountsSkipped => false;

    /// <summary>The cursor from which everything is read once more; null where that is no cursor at all.</summary>
    public virtual string? Oldest => null;

    /// <summary>What the house needs to be allowed to come here. Called in the test's process and in the one that is killed.</summary>
    public virtual void Configure(IServiceCollection services) => services.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1"));

    /// <summary>The settings of the source, after whatever must be there first (a connected account).</summary>
    public abstract Task<Dictionary<string, string>> Settings(TestHouse house);

    /// <summary>Somebody posts. The clock of their machine may say anything; null is the right time.</summary>
    public abstract Task Post(string id, string text, DateTimeOffset? at = null);

    public virtual Task Edit(string id, string text) => throw new NotSupportedException();

    public virtual Task Delete(string id) => throw new NotSupportedException();

    /// <summary>Something comes that is no post and cannot be read.</summary>
    public abstract Task Malformed();

    /// <summary>Something comes that is larger than anything sane.</summary>
    public abstract Task Huge();

    /// <summary>The server fails from now on, and ends what is open.</summary>
    public abstract Task Break();

    /// <summary>The server is well again; nothing that was posted meanwhile is lost.</summary>
    public abstract Task Mend();

    /// <summary>The password does not hold any more.</summary>
    public virtual Task Revoke() => throw new NotSupportedException();

    /// <summary>It holds again.</summary>
    public virtual Task Restore() => throw new NotSupportedException();

    public abstract ValueTask DisposeAsync();
}
