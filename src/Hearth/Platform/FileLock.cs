namespace Hearth.Platform;

/// <summary>One process at a time. The operating system lets go when the holder dies, however it dies.</summary>
internal static class FileLock
{
    public static async Task<IDisposable> Take(string path, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!ct.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync(ct); // somebody else holds it
            }
        }
    }
}
