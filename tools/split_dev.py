"""usage: split_dev.py [SHARED]

Prints 'read' or 'held' for each gold dev doc: split by group so that copies stay together."""
import csv,hashlib,glob,os,sys
SHARED=sys.argv[1] if len(sys.argv)>1 else "../shared"
rows={r['slug']:r for r in csv.DictReader(open(SHARED+'/corpus/index.tsv'),delimiter='\t')}
def part(slug):
    r=rows.get(slug,{}); key=(r.get('storyline') or r.get('dup_group') or slug)
    return 'held' if int(hashlib.sha256(key.encode()).hexdigest(),16)%3==0 else 'read'
if __name__=='__main__':
    for f in sorted(glob.glob(SHARED+'/gold/dev/*.json')):
        s=os.path.basename(f)[:-5]; print(part(s),s)
