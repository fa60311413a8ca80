using System.Threading.RateLimiting;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>How many requests one client may make, at this node: so many a second for long, and some seconds' worth at once, since vendors send what has piled up. No client's haste costs another.</summary>
/// <param name="requestsPerSecond">Of each client whose configuration says nothing; 0 = as many as they like.</param>
public sealed class ClientRates(int requestsPerSecond) : IDisposable
{
    /// <summary>The rate is part of the key, so that a changed configuration works at once.</summary>
    private readonly PartitionedRateLimiter<Bucket> limiter = PartitionedRateLimiter.Create<Bucket, Bucket>(
        bucket => RateLimitPartition.GetTokenBucketLimiter(bucket, of => new TokenBucketRateLimiterOptions
        {
            TokenLimit = of.PerSecond * Limits.ClientBurstSeconds,
            TokensPerPeriod = of.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    public void Dispose() => limiter.Dispose();

    /// <summary>Counts one request; null when it may go on.</summary>
    /// <param name="own">What the client's configuration allows, where it says so.</param>
    public VkpError? Take(int tenant, string clientId, int? own)
    {
        var perSecond = own ?? requestsPerSecond;
        if (perSecond == 0) return null;

        using var lease = limiter.AttemptAcquire(new Bucket(tenant, clientId, perSecond));
        return lease.IsAcquired ? null : Errors.TooManyRequests(perSecond);
    }

    private readonly record struct Bucket(int Tenant, string ClientId, int PerSecond);
}
