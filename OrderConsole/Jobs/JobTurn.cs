namespace OrderConsole.Jobs;

/// <summary>
/// On SQLite several consoles may look at the jobs, and one runs them: the one that holds the lock on this file. The system
/// gives the lock back when that console ends, however it ends.
/// </summary>
internal sealed class JobTurn(string file) : IDisposable
{
    private FileStream? _held;

    public bool IsOurs => _held is not null;

    public bool TryTake()
    {
        try
        {
            _held ??= new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }
}
